"""Every appendix, in the order they are printed. A new one is one more line here.

The boxes on Report, `landward report --add`, and what a reader may see are made from this list.
"""

from collections.abc import Collection, Mapping

from landward.model.base import BadInput
from landward.model.registry import by_name
from landward.model.said import joined, phrase
from landward.report.appendices.calendar import CALENDAR
from landward.report.appendices.doses import DOSES
from landward.report.appendices.medicines import MEDICINES
from landward.report.appendices.methods import METHODS
from landward.report.appendices.numbing import NUMBING
from landward.report.appendices.own_words import OWN_WORDS
from landward.report.appendices.part import Leaf, Part
from landward.report.appendices.questionnaires import QUESTIONNAIRES
from landward.report.appendices.sources import SOURCES
from landward.report.appendices.spells import SPELLS
from landward.report.appendices.symptoms import SYMPTOMS
from landward.report.blocks.scope import Scope

PARTS: Mapping[str, Part] = by_name(
    "appendices",
    (
        CALENDAR,
        SYMPTOMS,
        SPELLS,
        DOSES,
        MEDICINES,
        QUESTIONNAIRES,
        NUMBING,
        OWN_WORDS,
        METHODS,
        SOURCES,
    ),
    lambda part: part.name,
)
"""Every appendix by its name, in the order of the pages."""

USUAL = tuple(part.name for part in PARTS.values() if part.usual)
"""What “all pages behind it” means: everything but the person's own words."""


def parts_named(names: Collection[str]) -> tuple[Part, ...]:
    """The appendices of these names, in the order of the pages. Raises BadInput for another."""
    for name in names:
        if name not in PARTS:
            raise BadInput(
                phrase("no page behind the first is called “{name}”; there are: ", name=name[:40])
                + joined(", ", PARTS)
            )
    return tuple(part for part in PARTS.values() if part.name in names)


def allowed_parts(
    names: Collection[str], hidden: Collection[str], *, own_words: bool
) -> tuple[Part, ...]:
    """Those of the named appendices that tell nothing a reader may not see."""
    return tuple(
        part for part in parts_named(names)
        if part.name not in hidden and not set(part.tells) & set(hidden)
        and (own_words or not part.own_words)
    )  # fmt: skip


def leaves(scope: Scope, parts: Collection[Part]) -> tuple[Leaf, ...]:
    """What these appendices say."""
    return tuple(leaf for part in parts for leaf in part.build(scope))
