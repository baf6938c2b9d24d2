"""The sentences in a piece of HTML: where each begins and ends, what it holds, how it is put back.

A sentence runs within one block element; links and emphasis inside it stay in it, numbered: “Read
<1>the page</1>.” Its values go by the names of their expressions: “Next: {next_dose}.”
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jinja2 import nodes

from landward.web.http.template_html import Piece, Tag, Token, Words

INLINE = frozenset({"a", "abbr", "b", "code", "em", "i", "kbd", "strong"})

_PLACE = re.compile(r"\{(\w+)\}|<(/?)(\d+)>")
_LETTER = re.compile(r"[^\W\d_]")
_ENTITY = re.compile(r"&#?\w+;")
_BLANK = re.compile(r"\s+")


@dataclass
class Message:
    """One sentence: its text, the expressions it names and the tags it numbers."""

    text: str = ""
    values: dict[str, nodes.Expr] = field(default_factory=dict)
    tags: list[tuple[list["Part"], list["Part"]]] = field(default_factory=list)


Part = Piece | Message
"""What HTML is read into: mark-up and values as they are, and sentences."""


def sentences(tokens: Sequence[Token]) -> list[Part]:
    """Tokens of HTML as mark-up, values and sentences, in their order."""
    return list(_sentences(_paired(tokens)))


def put_together(message: Message, text: str) -> Iterator[Part]:
    """A message's translation with its values and tags back in their places.

    A translation that lost or invented one is not used.
    """
    if _places(text) != _places(message.text):
        text = message.text
    last = 0
    for place in _PLACE.finditer(text):
        yield text[last : place.start()]
        last = place.end()
        if place[1]:
            yield message.values[place[1]]
        else:
            yield from message.tags[int(place[3]) - 1][1 if place[2] else 0]
    yield text[last:]


def _places(text: str) -> frozenset[str]:
    return frozenset(place[0] for place in _PLACE.finditer(text))


def _paired(tokens: Sequence[Token]) -> Sequence[Token]:
    """Inline tags find their mates; one whose mate is elsewhere is mark-up like any other."""
    waiting: list[Tag] = []
    for token in tokens:
        if not isinstance(token, Tag):
            continue
        if token.name not in INLINE:
            waiting = []
        elif not token.closes:
            waiting.append(token)
        elif waiting and waiting[-1].name == token.name:
            mate = waiting.pop()
            mate.mate, token.mate = token, mate
    return tokens


def _sentences(tokens: Sequence[Token]) -> Iterator[Part]:
    run: list[Token] = []
    for token in tokens:
        if isinstance(token, Tag) and token.mate is None:
            yield from _sentence(run)
            yield from _tag_parts(token)
            run = []
        else:
            run.append(token)
    yield from _sentence(run)


def _tag_parts(tag: Tag) -> list[Part]:
    """A tag as it stands, with the sentences in the attributes that people see or hear."""
    parts: list[Part] = []
    for part in tag.parts:
        parts += _sentence(list(part.pieces)) if isinstance(part, Words) else [part]
    return parts


def _sentence(run: list[Token]) -> Iterator[Part]:
    """One run of text, values and whole inline elements: a message, if any words are its own."""
    if not run:
        return
    first, last = run[0], run[-1]
    if isinstance(first, Tag) and first.mate is last:  # <a>all of it</a>
        yield from _tag_parts(first)
        yield from _sentence(run[1:-1])
        yield from _tag_parts(first.mate) if first.mate else ()
    elif isinstance(first, str) and not first.strip():
        yield first
        yield from _sentence(run[1:])
    elif isinstance(last, str) and not last.strip():
        yield from _sentence(run[:-1])
        yield last
    elif _has_words(run):
        yield from _message(run)
    else:
        yield from _apart(run)


def _has_words(run: list[Token]) -> bool:
    """Whether words stand outside its inline elements: else each of those is a sentence alone."""
    depth = 0
    for token in run:
        if isinstance(token, Tag):
            depth += -1 if token.closes else 1
        elif isinstance(token, str) and depth == 0 and _LETTER.search(_ENTITY.sub("", token)):
            return True
    return False


def _apart(run: list[Token]) -> Iterator[Part]:
    at = 0
    while at < len(run):
        token = run[at]
        if isinstance(token, Tag):
            end = next(n for n in range(at, len(run)) if run[n] is token.mate)
            yield from _sentence(run[at : end + 1])
            at = end + 1
        else:
            yield token
            at += 1


def _message(run: list[Token]) -> Iterator[Part]:
    made, numbers = Message(), dict[int, int]()
    parts: list[str] = []
    for token in run:
        if isinstance(token, str):
            parts.append(token)
        elif not isinstance(token, Tag):
            parts.append(f"{{{_value_name(token, made.values)}}}")
        elif token.mate is not None and not token.closes:
            made.tags.append((_tag_parts(token), _tag_parts(token.mate)))
            numbers[id(token.mate)] = len(made.tags)
            parts.append(f"<{len(made.tags)}>")
        else:
            parts.append(f"</{numbers[id(token)]}>")
    text = "".join(parts)
    made.text = _BLANK.sub(" ", text.strip())
    yield text[: len(text) - len(text.lstrip())]
    yield made
    yield text[len(text.rstrip()) :]


def _value_name(value: nodes.Expr, known: dict[str, nodes.Expr]) -> str:
    """What an expression goes by in a message: the last names in it, numbered if two share one."""
    base = named_by(value)
    name, number = base, 2
    while name in known and known[name] != value:
        name, number = f"{base}_{number}", number + 1
    known[name] = value
    return name


def named_by(value: nodes.Node | None) -> str:
    """The names in an expression, joined: `dose.mg|round` is “dose_mg”."""
    if isinstance(value, nodes.Name):
        return value.name
    if isinstance(value, nodes.Getattr):
        return f"{named_by(value.node)}_{value.attr}"
    if isinstance(value, nodes.Filter | nodes.Call | nodes.Getitem):
        return named_by(value.node)
    return "value"
