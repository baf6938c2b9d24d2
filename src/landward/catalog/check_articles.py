"""Checks of the articles: what a page says rests on rows that stand, and it is kind and short."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from landward.catalog.articles import article_fields
from landward.model.articles import Article
from landward.model.facts import Fact
from landward.model.said import phrase

MOST_WORDS = 25
"""An answer is this many words at most."""
_NEEDED = ("What is known", "What is not known", "What people say")
_DOCTOR = "When to see a doctor"
_SHARE = re.compile(r"%|percent|\b\d+ in 10+\b")
_NEVER = re.compile(
    r"\b(relapse|failed|clean|non-compliant|detox|caused by|brain damage|you will recover)\b",
    re.IGNORECASE,
)


def article_faults(folder: Path, facts: Sequence[Fact]) -> Iterator[str]:
    """What is wrong in the articles of a folder."""
    rows = {row.id: row for row in facts}
    articles: dict[str, Article] = {}
    for path in sorted((folder / "articles").glob("*")):
        where = f"articles/{path.name}"
        if path.suffix != ".md":
            yield phrase("{where}: only articles live here", where=where)
            continue
        try:
            fields = article_fields(path.read_text("utf-8"), path.stem)
            articles[path.stem] = Article.model_validate(fields)
        except ValidationError as error:
            for problem in error.errors(include_url=False, include_context=False):
                place = ".".join(str(part) for part in problem["loc"])
                yield f"{where}: {place}: {problem['msg']}"
        except ValueError as error:
            yield f"{where}: {error}"
    for article in articles.values():
        yield from _ties(article, rows)
        yield from _shape(article)
        yield from _kindness(article)
        for key in article.related:
            if key not in articles:
                yield phrase(
                    "articles/{key}.md: it leads to “{key_2}”, which is no page",
                    key=article.key,
                    key_2=key,
                )
            elif articles[key].sensitive:
                yield phrase(
                    "articles/{key}.md: nothing leads to “{key_2}”; it is found by asking",
                    key=article.key,
                    key_2=key,
                )


def _ties(article: Article, rows: Mapping[str, Fact]) -> Iterator[str]:
    where = f"articles/{article.key}.md"
    for sentence in article.sentences:
        for tie in sentence.rows:
            if tie not in rows:
                yield phrase("{where}: it cites {tie}, which is no row", where=where, tie=tie)
            elif not rows[tie].usable:
                yield phrase("{where}: it cites {tie}, which was withdrawn", where=where, tie=tie)


def _shape(article: Article) -> Iterator[str]:
    where = f"articles/{article.key}.md"
    words = len(article.answer.split())
    if words > MOST_WORDS:
        yield phrase(
            "{where}: its answer has {words} words, {most_words} are enough",
            where=where,
            words=words,
            most_words=MOST_WORDS,
        )
    headings = [part.heading for part in article.sections]
    for heading in _NEEDED:
        if heading not in headings:
            yield phrase("{where}: it has no part “{heading}”", where=where, heading=heading)
    if len(set(headings)) != len(headings):
        yield phrase("{where}: a part is there twice", where=where)
    if article.about_body and _DOCTOR not in headings:
        yield phrase("{where}: a page about the body says when to see a doctor", where=where)
    for part in article.sections:
        if not part.sentences:
            yield phrase("{where}: “{heading}” is empty", where=where, heading=part.heading)
        for sentence in part.sentences:
            if sentence.experience and part.heading not in {"What people say", "What may help"}:
                yield phrase(
                    "{where}: experience stands under “What people say”: {text}",
                    where=where,
                    text=sentence.text,
                )


def _kindness(article: Article) -> Iterator[str]:
    where = f"articles/{article.key}.md"
    for found in _NEVER.findall(article.text):
        yield phrase("{where}: it says “{found}”", where=where, found=found)
    first = " ".join(line.text for line in article.sentences[:3])
    if article.sensitive and _SHARE.search(first):
        yield phrase("{where}: no percentage in the first lines of this page", where=where)
    if article.sensitive and article.related:
        yield phrase("{where}: nothing leads on from this page", where=where)
    if "suicide" in article.key and not article.help_first:
        yield phrase("{where}: it opens with Help now", where=where)
