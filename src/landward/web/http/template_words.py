"""A template's own text is its messages: read from it, and put into another language, as it is
compiled. A page in any language then costs what it costs in English, and no sentence is forgotten.

    <p>Next: {{ next_dose }}. <a href="/doses">All doses</a></p>

is one message, “Next: {next_dose}. <1>All doses</1>”. A sentence ends with its block element, or
where a statement such as `{% if %}` begins. Attributes that people see or hear (`aria-label`,
`title` …) are messages too. Two things are said in so many words: a string in an expression,
`_('so')`, and what counts: `{% plural n %}one day{% many %}{{ n }} days{% endplural %}`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jinja2 import Environment, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from landward.model.said import ENGLISH, Catalogue
from landward.web.http.template_html import HtmlReader, Piece, State
from landward.web.http.template_text import Message, Part, put_together, sentences

NO_WORDS = frozenset({"shape", "told"})
"""Blocks and macros that fill a tag: what they write is an attribute, no sentence."""


@dataclass(frozen=True)
class Found:
    """A message of a template and its line; where it counts, `many` is what is said of many."""

    line: int
    one: str
    many: str = ""


class Plural(Extension):
    """`{% plural n %}…{% many %}…{% endplural %}`: the first for one, the second for others."""

    tags = {"plural"}  # noqa: RUF012 - jinja2's own way to say so

    def parse(self, parser: Parser) -> nodes.Node:
        """An `if` on the number, marked so that its two texts are read as one message."""
        line = next(parser.stream).lineno
        number = parser.parse_expression()
        one = parser.parse_statements(("name:many",), drop_needle=True)
        many = parser.parse_statements(("name:endplural",), drop_needle=True)
        is_one = nodes.Compare(number, [nodes.Operand("eq", nodes.Const(1))], lineno=line)
        made = nodes.If(is_one, one, [], many, lineno=line)
        made.counts = number  # type: ignore[attr-defined]  # jinja2's nodes take more attributes
        return made


class Translating(NodeTransformer):
    """Walks a template in the order it is written, shows each message, and puts in what comes back.

    `say` is asked for every message. In English nothing is put in anywhere.
    """

    def __init__(self, say: Callable[[Found], str], *, english: bool) -> None:
        self.say, self.english = say, english
        self.html = HtmlReader()

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802 - jinja2 calls it by this name - named by jinja2
        """Text and values between two statements."""
        pieces = [self._piece(child) for child in node.nodes]
        parts = sentences(self.html.read(pieces))
        made = [new for part in parts for new in self._made(part, node.lineno)]
        node.nodes = [_node(piece, node.lineno) for piece in pieces] if self.english else made
        return node

    def visit_If(self, node: nodes.If) -> nodes.Node:  # noqa: N802 - jinja2 calls it by this name
        """A choice: of two texts by a number, or any other."""
        counts = getattr(node, "counts", None)
        return self._branches(node) if counts is None else self._plural(node, counts)

    def visit_Block(self, node: nodes.Block) -> nodes.Node:  # noqa: N802 - jinja2 calls it by this name
        """A named part of a page, which begins between tags wherever it is put in."""
        return self._apart(node, node.name)

    def visit_Macro(self, node: nodes.Macro) -> nodes.Node:  # noqa: N802 - jinja2 calls it by this name
        """A shape of a page, likewise."""
        return self._apart(node, node.name)

    def _apart(self, node: nodes.Node, name: str) -> nodes.Node:
        if name in NO_WORDS:
            return node
        before, self.html.state = self.html.state, State()
        self.generic_visit(node)
        self.html.state = before
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802 - jinja2 calls it by this name
        """`_('words')` becomes the words themselves."""
        self.generic_visit(node)
        if not (isinstance(node.node, nodes.Name) and node.node.name == "_"):
            return node
        if len(node.args) != 1 or node.kwargs or not isinstance(node.args[0], nodes.Const):
            raise TypeError(f"line {node.lineno}: _() takes one string as it stands")
        said = self.say(Found(node.lineno, node.args[0].value))
        return nodes.Const(said, lineno=node.lineno)

    def _branches(self, node: nodes.If) -> nodes.Node:
        """Every branch begins in the mark-up where the `if` stands, and all end in the same."""
        node.test = self.visit(node.test)
        before = after = self.html.state
        for name in ("body", "elif_", "else_"):
            self.html.state = before
            setattr(node, name, [self.visit(child) for child in getattr(node, name)])
            after = self.html.state if name == "body" else after
        self.html.state = after
        return node

    def _plural(self, node: nodes.If, number: nodes.Expr) -> nodes.Node:
        one, many = self._alone(node.body), self._alone(node.else_)
        found = Found(node.lineno, one.text, many.text)
        self.say(found)
        if self.english:
            return node
        values = {**one.values, **many.values}
        pairs = [nodes.Pair(nodes.Const(name), value) for name, value in values.items()]
        texts: list[nodes.Expr] = [nodes.Const(found.one), nodes.Const(found.many), number]
        call = nodes.Call(nodes.Name("_many", "load"), [*texts, nodes.Dict(pairs)], [], None, None)
        return nodes.Output([call], lineno=node.lineno)

    def _alone(self, body: list[nodes.Node]) -> Message:
        """The one sentence that a form of a plural is."""
        pieces = [self._piece(child) for output in body for child in getattr(output, "nodes", ())]
        found = [part for part in sentences(self.html.read(pieces)) if isinstance(part, Message)]
        if len(found) != 1 or found[0].tags or not all(isinstance(b, nodes.Output) for b in body):
            raise TypeError("a plural holds one sentence, without tags and statements")
        return found[0]

    def _piece(self, child: nodes.Expr) -> Piece:
        return child.data if isinstance(child, nodes.TemplateData) else self.visit(child)

    def _made(self, part: Part, line: int) -> list[nodes.Expr]:
        if not isinstance(part, Message):
            return [_node(part, line)] if part != "" else []
        text = self.say(Found(line, part.text))
        return [made for piece in put_together(part, text) for made in self._made(piece, line)]


def _node(piece: Piece, line: int) -> nodes.Expr:
    return nodes.TemplateData(piece, lineno=line) if isinstance(piece, str) else piece


class WordsEnvironment(Environment):
    """Templates in one language: their words are put in as each is compiled."""

    def __init__(self, catalogue: Catalogue = ENGLISH, **options: object) -> None:
        super().__init__(**{"extensions": [Plural], **options})  # type: ignore[arg-type]  # jinja2 takes classes too
        self.catalogue = catalogue
        if not catalogue.is_english:
            self.finalize = catalogue.words
        self.globals |= {"lang": catalogue.language, "_many": self._many}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        catalogue = self.catalogue
        say = Translating(lambda found: catalogue.text(found.one), english=catalogue.is_english)
        made: nodes.Template = say.visit(tree)
        return made

    def _many(self, one: str, many: str, number: int, values: Mapping[str, object]) -> Markup:
        text = self.catalogue.text_many(one, many, number)
        shown = {name: escape(self.catalogue.words(value)) for name, value in values.items()}
        return Markup(text.format_map(shown))  # noqa: S704 - our own text, its values escaped


def messages(source: str) -> list[Found]:
    """Every message of one template, in the order it is written."""
    found: list[Found] = []

    def note(message: Found) -> str:
        found.append(message)
        return message.one

    read = Environment(extensions=[Plural], trim_blocks=True, lstrip_blocks=True, autoescape=True)
    Translating(note, english=True).visit(read.parse(source))
    return found
