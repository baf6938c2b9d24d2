"""No sentence for people stands in the code outside the door for words (`model/said.py`).

Four words in a row are a sentence, where they are no query, pattern or sheet of code. It has
to be the message of `phrase`, `counted` or `count_words`; `landward.model.said` says why.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "src" / "landward"
DOOR = frozenset({"phrase", "counted", "count_words"})
FOR_PROGRAMMERS = frozenset({
    "AssertionError", "TypeError", "RuntimeError", "NotImplementedError", "compile", "execute",
    "executescript", "fullmatch", "getattr", "match", "search", "split", "strftime", "strptime",
    "sub", "Kept",
})  # fmt: skip
"""Calls whose strings nobody reads: they are code, patterns and queries."""

WORDS = re.compile(r"(?:[A-Za-z’']+[,:;]? ){3}[A-Za-z’']{2,}")
CODE = re.compile(
    r"\b(SELECT|INSERT|UPDATE|DELETE|PRAGMA|CREATE|ATTACH|ALTER|CAST)\b|^\s*[<#|]|[<>]/?[a-z]+[ >]|"
    r"-src |max-age|charset=|\\[dwbs]|import |^[\w ]+[|/]"
)

DOCS = "pages of docs/ made by a program: they are written in English, as the rest of docs/"
WORDS_OF_DATA = "words that are looked for, or kept in a file: data, not said"
CLINICS = "what a clinic's system reads: English, and says so"
NOT_YET: dict[str, str] = {
    "report/chart_data.py": "for programmers, once a lane is drawn",
    "report/printable.py": "stands inside other words, sign by sign",
    "app/share/fictional.py": "a made-up person's own words",
    "app/budget/worker.py": "found by its text on the other side of a process",
    "model/bodies.py": "pydantic says them again as plain text",
    "model/body_fields.py": "pydantic says them again as plain text",
    "model/released.py": "sentences of earlier versions, compared and never shown",
    "__init__.py": "for programmers",
    "app/share/cohort_papers.py": DOCS,
    "app/share/cohort_truth.py": DOCS,
    "report/fact_pages.py": DOCS,
    "report/library_pages.py": DOCS,
    "report/fhir": CLINICS,
    "app/plan/crossover.py": WORDS_OF_DATA,
    "app/plan/tables.py": WORDS_OF_DATA,
    "catalog/check_articles.py": WORDS_OF_DATA,
    "catalog/kinetics.py": WORDS_OF_DATA,
    "catalog/search_words.py": WORDS_OF_DATA,
    "engines/cohort": WORDS_OF_DATA,
    "engines/narratives": WORDS_OF_DATA,
    "engines/patterns/lag.py": WORDS_OF_DATA,
    "exchange/daylio_moods.py": WORDS_OF_DATA,
    "exchange/plan_code.py": WORDS_OF_DATA,
    "exchange/plan_file.py": WORDS_OF_DATA,
    "exchange/values.py": WORDS_OF_DATA,
    "report/article_page.py": WORDS_OF_DATA,
    "report/blocks/takes.py": WORDS_OF_DATA,
    "report/figure/svg.py": WORDS_OF_DATA,
    "report/pattern_words.py": WORDS_OF_DATA,
    "vault/browser_seal.py": WORDS_OF_DATA,
    "vault/keys.py": WORDS_OF_DATA,
    "vault/migrations.py": WORDS_OF_DATA,
    "vault/rows.py": WORDS_OF_DATA,
    "web/network/authority.py": WORDS_OF_DATA,
}
"""Rooms or files that still say something else, each with why. What is swept is taken off."""


def unsaid(source: str) -> list[str]:
    """The sentences of a source that are no message of the door."""
    return [text for text in _texts(ast.parse(source)) if WORDS.search(f"{text} ")
            and not CODE.search(text)]  # fmt: skip


def _texts(node: ast.AST) -> list[str]:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Assert():
            return []  # a docstring; what is true
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if (
            name in DOOR | FOR_PROGRAMMERS
        ):
            # Only the values of a message may hold further sentences, or none.
            return [] if name in FOR_PROGRAMMERS else _all(node.keywords)
        case ast.keyword(arg="help" | "help_epilogue", value=ast.Constant()):
            return []  # collected as it is, and looked up where `--help` shows it
        case ast.Assign(targets=[ast.Name(id="_EPILOGUE")]):
            return []  # the same, of the whole program
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=parts):
            said = "".join(one.value if isinstance(one, ast.Constant) else "…" for one in parts)
            return [said, *_all(one for one in parts if not isinstance(one, ast.Constant))]
        case ast.Subscript(value=ast.Name(id="Literal" | "Annotated")):
            return []
    return _all(ast.iter_child_nodes(node))


def _all(nodes: object) -> list[str]:
    return [text for node in nodes for text in _texts(node)]


def waits(path: str) -> bool:
    """Whether a file, or the room it stands in, is on the list."""
    return any(path == one or path.startswith(f"{one}/") for one in NOT_YET)


FILES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))


@pytest.mark.parametrize("room", sorted({path.partition("/")[0] for path in FILES}))
def test_every_sentence_goes_through_the_door(room: str) -> None:
    left = {
        path: found
        for path in FILES
        if path.partition("/")[0] == room and not waits(path)
        and (found := unsaid((ROOT / path).read_text("utf-8")))
    }  # fmt: skip
    assert left == {}


def test_the_list_of_what_waits_is_true() -> None:
    told = {one for one in NOT_YET for path in FILES
            if (path == one or path.startswith(f"{one}/"))
            and unsaid((ROOT / path).read_text("utf-8"))}  # fmt: skip
    assert told == set(NOT_YET), "what is swept is taken off the list"


def test_a_planted_sentence_is_found() -> None:
    """Hard-coded in an error, in an f-string, and inside a value of a message."""
    assert unsaid('raise BadInput("the file is empty: choose another")') != []
    assert unsaid('print(f"Saved for {day}. You can close this.")') != []
    assert unsaid('phrase("{why}", why="because nobody was there")') == ["because nobody was there"]
    assert unsaid('phrase("Saved for {day}. You can close this.", day=day)') == []
    assert unsaid('"""What a module is about, in words."""') == []
