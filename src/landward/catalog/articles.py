"""Opening the articles: a TOML head between +++ lines, then headings and one sentence a line.

A sentence ends with the rows it rests on, in square brackets: ``- It adds up. [ix.alcohol]``, or
with ``[experience]`` where it tells what people say.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from landward.model.articles import Article
from landward.model.base import BadInput
from landward.model.said import phrase

EXPERIENCE = "experience"
_LINE = re.compile(r"^- (?P<text>.+?)(?:\s*\[(?P<rows>[^\]]*)\])?$")
_LISTS = ("rows", "found_by", "related")


def article_fields(text: str, name: str) -> dict[str, Any]:
    """An article file as the fields of `Article`. Raises ValueError naming the line at fault."""
    _, head, body = (*text.split("+++\n", 2), "", "")[:3]
    if not head or not body:
        raise ValueError(phrase("it begins with a head between two +++ lines"))
    fields = tomllib.loads(head)
    for key in _LISTS:
        if isinstance(fields.get(key), str):
            fields[key] = [part.strip() for part in fields[key].split(";") if part.strip()]
    return {"key": name, **fields, "sections": list(_sections(body))}


def _sections(body: str) -> Iterator[dict[str, Any]]:
    section: dict[str, Any] | None = None
    for number, line in enumerate(body.splitlines(), start=1):
        if line.startswith("## "):
            if section is not None:
                yield section
            section = {"heading": line[3:].strip(), "sentences": []}
        elif line.strip():
            found = _LINE.match(line)
            if found is None or section is None:
                raise ValueError(
                    phrase(
                        "body line {number}: neither a heading nor a sentence: {line}",
                        number=number,
                        line=line,
                    )
                )
            section["sentences"].append(_sentence(found, number))
    if section is not None:
        yield section


def _sentence(found: re.Match[str], number: int) -> dict[str, Any]:
    ties = [part.strip() for part in (found["rows"] or "").split(";") if part.strip()]
    if not ties:
        raise ValueError(
            phrase("body line {number}: no row and not marked as experience", number=number)
        )
    if EXPERIENCE in ties and len(ties) > 1:
        raise ValueError(phrase("body line {number}: experience rests on no row", number=number))
    return {"text": found["text"], "rows": [] if ties == [EXPERIENCE] else ties}


class Library:
    """The articles by key, in the order of their keys."""

    def __init__(self, articles: Iterable[Article], unread: Iterable[str] = ()) -> None:
        self.articles = {article.key: article for article in articles}
        self.unread = tuple(unread)
        """Files that hold no page that can be read, by name."""

    def article(self, key: str) -> Article:
        """One article. Raises BadInput if there is none of that name."""
        if key not in self.articles:
            raise BadInput(
                phrase("no page is called “{key}”; search the library for its words", key=key)
            )
        return self.articles[key]


def read_library(folder: Path) -> Library:
    """Every article that can be read; one that cannot is left out and named.

    `landward facts check` tells why, so that a broken page never stops the program.
    """
    found, unread = [], []
    for path in sorted((folder / "articles").glob("*.md")):
        try:
            fields = article_fields(path.read_text("utf-8"), path.stem)
            found.append(Article.model_validate(fields))
        except ValueError:
            unread.append(path.name)
    return Library(found, unread)
