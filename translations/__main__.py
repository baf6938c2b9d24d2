"""Collect every sentence for people; make, bring up to date and compile a language's catalogue.

python3 run.py text          translations/landward.pot: every message, with where it is said
python3 run.py text de       translations/de.po, new or brought up to date, and how much is done
"""

import ast
import inspect
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from landward.app.library.tables import load_catalog
from landward.cli.help_words import paragraphs
from landward.report.typesetting import sentences_of
from landward.web.http.template_words import messages

HERE = Path(__file__).parent
SOURCE = HERE.parent / "src" / "landward"
COMPILED = SOURCE / "languages"
KEYWORDS = {"phrase": None, "counted": (2, 3)}
COMMENTS = ["For translators:"]


def collected(language: str | None = None) -> Catalog:
    """Every message of templates and code, in a catalogue with its places."""
    found = Catalog(
        locale=language,
        project="Landward",
        creation_date=datetime(2026, 1, 1, tzinfo=UTC),  # the same messages give the same file
        fuzzy=False,
    )
    for path, line, one, many, comments in (
        *in_templates(), *on_paper(), *in_code(), *in_help(), *in_tables()
    ):  # fmt: skip
        where = (path.relative_to(SOURCE).as_posix(), line)
        found.add((one, many) if many else one, None, [where], auto_comments=comments)
    return found


Message = tuple[Path, int, str, str, list[str]]


def in_templates() -> Iterator[Message]:
    """Every message of every template."""
    for path in sorted((SOURCE / "web" / "templates").glob("*.html")):
        for one in messages(path.read_text("utf-8")):
            yield path, one.line, one.one, one.many, []


def on_paper() -> Iterator[Message]:
    """Every sentence that a template of a printed page says itself."""
    for said, (path, line) in sentences_of(SOURCE / "report" / "templates").items():
        yield path, line, said, "", []


def in_code() -> Iterator[Message]:
    """Every message of every `phrase`, `counted` and `count_words`."""
    for path in sorted(SOURCE.rglob("*.py")):
        with path.open("rb") as file:
            for line, said, comments, _ in extract(
                "python", file, keywords=KEYWORDS, comment_tags=COMMENTS
            ):
                one, many = said if isinstance(said, tuple) else (said, "")
                yield path, line, one, many, comments
            file.seek(0)
            for line, said, _, _ in extract("python", file, keywords={"count_words": None}):
                words = [word for word in (said if isinstance(said, tuple) else (said,)) if word]
                if words:
                    one, many = words[0], words[1] if len(words) > 1 else f"{words[0]}s"
                    yield path, line, f"{{count}} {one}", f"{{count}} {many}", []


def in_help() -> Iterator[Message]:
    """What `--help` says: docstrings of commands, and what stands after `help=`."""
    for path in sorted((SOURCE / "cli").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for text in _help_of(node):
                for said in paragraphs(text):
                    yield path, getattr(node, "lineno", 1), said, "", []


def in_tables() -> Iterator[Message]:
    """What the tables call symptoms and questionnaires."""
    catalog = load_catalog()
    for table, labels in (
        ("symptoms.csv", [one.label for one in catalog.symptoms.values()]),
        ("instruments", [one.title for one in catalog.instruments.values()]),
    ):
        for label in labels:
            yield SOURCE / "tables" / table, 1, label, "", []


def _help_of(node: ast.AST) -> list[str]:
    match node:
        case ast.FunctionDef(name=name) if not name.startswith("_"):
            return [ast.get_docstring(node) or ""]
        case ast.keyword(arg="help" | "help_epilogue", value=ast.Constant(value=str(text))):
            return [inspect.cleandoc(text)]
        case ast.Assign(targets=[ast.Name(id="_EPILOGUE")], value=ast.Constant(value=str(text))):
            return [text]
    return []


def main(arguments: list[str]) -> int:
    """Write what was asked for and say what it holds."""
    if not arguments:
        pot = HERE / "landward.pot"
        found = collected()
        with pot.open("wb") as file:
            write_po(file, found, width=99, sort_by_file=True)
        print(f"{pot.relative_to(HERE.parent)}: {len(found)} messages")
        return 0
    language = arguments[0]
    try:
        Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        print(f"“{language}” is not a language such as de or pt_BR", file=sys.stderr)
        return 2
    bring_up_to_date(language)
    return 0


def bring_up_to_date(language: str, folder: Path = HERE, compiled: Path = COMPILED) -> None:
    """The .po of a language with every message of now, and its .mo where Landward looks for it."""
    po = folder / f"{language}.po"
    found = collected(language)
    if po.exists():
        with po.open("rb") as file:
            earlier = read_po(file, locale=language)
        earlier.update(found, no_fuzzy_matching=True)
        found = earlier
    with po.open("wb") as file:
        write_po(file, found, width=99, sort_by_file=True, omit_header=False)
    done = sum(bool(one.id) and all(_forms(one.string)) for one in found)
    compiled.mkdir(exist_ok=True)
    with (compiled / f"{language}.mo").open("wb") as file:
        write_mo(file, found)
    print(f"{po.name}: {done} of {len(found)} messages are translated")


def _forms(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
