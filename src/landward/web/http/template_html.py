"""HTML with expressions between its pieces, read into text, values and whole tags."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jinja2 import nodes

from landward.model.said import phrase

Piece = str | nodes.Expr

SEEN_OR_HEARD = frozenset({"alt", "aria-label", "data-name", "placeholder", "title"})
UNREAD = frozenset({"script", "style"})

_ATTRIBUTE = re.compile(r"([\w:-]+)=$")
_TAG_BEGINS = re.compile(r"<(?=[a-zA-Z/!])")
_UNREAD_ENDS = re.compile(r"</(?:script|style)")
_TAG_TURNS = re.compile(r"[>\"']")
_TAG_NAME = re.compile(r"<(/?)([a-zA-Z][\w-]*)")


@dataclass
class Words:
    """An attribute's value that people see or hear."""

    pieces: list[Piece]


@dataclass
class Tag:
    """One tag with what stands in it. `mate` is the other one of a pair, where that was found."""

    parts: list[Piece | Words]
    name: str = ""
    closes: bool = False
    mate: "Tag | None" = None


Token = str | nodes.Expr | Tag


@dataclass(frozen=True)
class State:
    """Where in the mark-up a piece ends: in text, in a tag, or in an attribute's value."""

    mode: str = "text"
    quote: str = ""
    attribute: str = ""
    unread: bool = False


class HtmlReader:
    """Reads pieces in the order they stand in a template and knows where in the mark-up it is."""

    def __init__(self) -> None:
        self.state = State()
        self._tokens: list[Token] = []
        self._tag: list[Piece | Words] = []
        self._value: list[Piece] = []

    def read(self, pieces: Sequence[Piece]) -> list[Token]:
        """The tokens of some pieces. A tag that a statement stands in comes in parts, nameless."""
        self._tokens, self._tag, self._value = [], [], []
        for piece in pieces:
            if isinstance(piece, str):
                self._read(piece)
            elif self.state.mode == "text":
                self._tokens.append(piece)
            else:
                (self._value if self.state.mode == "value" else self._tag).append(piece)
        if self.state.mode == "value" and self.state.attribute in SEEN_OR_HEARD:
            raise ValueError(
                phrase(
                    "a statement stands in the words of {attribute}: use _()",
                    attribute=self.state.attribute,
                )
            )
        if self._tag or self._value:
            self._tokens.append(Tag([*self._tag, *self._value]))
        return self._tokens

    def _read(self, piece: str) -> None:
        at = 0
        step = {"text": self._in_text, "tag": self._in_tag, "value": self._in_value}
        while at < len(piece):
            at = step[self.state.mode](piece, at)

    def _in_text(self, piece: str, at: int) -> int:
        found = (_UNREAD_ENDS if self.state.unread else _TAG_BEGINS).search(piece, at)
        end = len(piece) if found is None else found.start()
        if end > at:
            text = piece[at:end]
            self._tokens.append(Tag([text]) if self.state.unread else text)
        if found is None:
            return end
        self.state, self._tag = replace(self.state, mode="tag"), ["<"]
        return end + 1

    def _in_tag(self, piece: str, at: int) -> int:
        found = _TAG_TURNS.search(piece, at)
        end = len(piece) if found is None else found.end()
        self._tag.append(piece[at:end])
        if found is None:
            return end
        if found[0] == ">":
            made = _named(self._tag)
            self._tokens.append(made)
            self.state, self._tag = State(unread=made.name in UNREAD and not made.closes), []
        else:
            name = _ATTRIBUTE.search(piece[at : end - 1])
            self.state = replace(
                self.state, mode="value", quote=found[0], attribute=name[1] if name else ""
            )
            self._value = []
        return end

    def _in_value(self, piece: str, at: int) -> int:
        end = piece.find(self.state.quote, at)
        if end < 0:
            self._value.append(piece[at:])
            return len(piece)
        self._value += [piece[at:end]] if end > at else []
        seen = self.state.attribute in SEEN_OR_HEARD
        self._tag += [Words(self._value)] if seen else self._value
        self._tag.append(piece[end])
        self.state, self._value = replace(self.state, mode="tag"), []
        return end + 1


def _named(parts: list[Piece | Words]) -> Tag:
    start = "".join(part for part in parts[:2] if isinstance(part, str))
    found = _TAG_NAME.match(start)
    return Tag(parts, found[2].lower(), bool(found[1])) if found else Tag(parts)
