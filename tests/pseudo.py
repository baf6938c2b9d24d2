"""A made-up language: English with every letter accented. What stays plain passed no door."""

import gettext
import re

from landward.model.said import Catalogue

_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ",
)
_KEPT = re.compile(r"(\{\w+\}|</?\d+>|&#?\w+;)")


def accented(text: str) -> str:
    """Every letter accented; values, tags and entities as they are."""
    parts = _KEPT.split(text)
    return "".join(p if n % 2 else p.translate(_ACCENTED) for n, p in enumerate(parts))


class _Pseudo(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return accented(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return accented(msgid1 if n == 1 else msgid2)


PSEUDO = Catalogue("en-XA", _Pseudo())
