"""Markdown in, pages out: where each page lies, what it links to, what it looks like."""

import html
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from os.path import relpath
from pathlib import Path
from string import Template

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
PAGE = Template((Path(__file__).parent / "page.html").read_text("utf-8"))

SECTIONS = {
    "people": "For people",
    "library": "Questions people ask",
    "clinicians": "For clinicians",
    "researchers": "For researchers",
    "operators": "For whoever runs a relay",
    "methods": "How it works",
    "reference": "Reference",
    "decisions": "Decisions",
}
ALONE = {
    "README.md": "index.html",
    "CONTRIBUTING.md": "contributing.html",
    "SECURITY.md": "security.html",
    "CHANGELOG.md": "changes.html",
    "THIRD_PARTY_NOTICES.md": "notices.html",
    "examples/README.md": "examples.html",
    "translations/README.md": "translations.html",
}
"""Pages that lie outside docs/, and where they go."""

_ELSEWHERE = ("http://", "https://", "mailto:")
_ANCHOR = re.compile(r'<a id="([^"]+)"')
_IMAGE = re.compile(r'<img src="([^"]+)"')


class DeadLinks(Exception):
    """Links that lead nowhere, one a line."""


def sources() -> list[Path]:
    """Every page's Markdown, those outside docs/ first."""
    return [*(ROOT / name for name in ALONE), *sorted((ROOT / "docs").rglob("*.md"))]


def place_of(source: Path) -> str:
    """Where a page lies in the site."""
    inside = source.relative_to(ROOT).as_posix()
    if inside in ALONE:
        return ALONE[inside]
    path = Path(inside).relative_to("docs")
    return (
        path.with_name("index.html") if path.stem == "README" else path.with_suffix(".html")
    ).as_posix()


def anchor(title: str) -> str:
    """A heading's name in an address, as code hosts make it."""
    kept = re.sub(r"[^\w\- ]", "", title.strip().lower())
    return kept.replace(" ", "-")


class Site:
    """All pages, what they are called, and the files they show or hand out."""

    def __init__(self, pages: Sequence[Path]) -> None:
        self.places: Mapping[Path, str] = {path: place_of(path) for path in pages}
        self.files: set[Path] = set()
        self._markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
        self._tokens = {path: self._markdown.parse(path.read_text("utf-8")) for path in pages}
        self._anchors = {path: _number(tokens) for path, tokens in self._tokens.items()}
        self._dead: list[str] = []

    def page(self, source: Path) -> str:
        """One page, its links turned to the site's own."""
        tokens = self._tokens[source]
        for token in tokens:
            for child in token.children or ():
                for name in ("href", "src"):
                    if (link := child.attrGet(name)) is not None:
                        child.attrSet(name, self._link(source, str(link)))
                if child.type == "html_inline":
                    child.content = self._images(source, child.content)
            if token.type == "fence":
                token.content = token.content.rstrip() + "\n"
            if token.type == "html_block":
                token.content = self._images(source, token.content)
        body = self._markdown.renderer.render(tokens, self._markdown.options, {})
        body = body.replace("<table>", '<div class="scroll" tabindex="0"><table>')
        body = body.replace("</table>", "</table></div>")
        here = self.places[source]
        return PAGE.substitute(
            title=html.escape(self._title(source)), body=body, nav=self._nav(source),
            look=relpath("look", str(Path(here).parent)), home=self._to(source, ROOT / "README.md"),
        )  # fmt: skip

    def check(self, made: Mapping[Path, str]) -> None:
        """Raise DeadLinks if any page links to what is not there, or shows what is elsewhere."""
        for path, text in made.items():
            for asset in re.findall(
                r'<(?:img|script|link|iframe)[^>]+(?:src|href)="([^"]+)"', text
            ):
                if asset.startswith(("http:", "https:", "//")):
                    self._dead.append(
                        f"{path.relative_to(ROOT)}: {asset} would be fetched elsewhere"
                    )
        if self._dead:
            raise DeadLinks("\n".join(sorted(set(self._dead))))

    def _link(self, source: Path, link: str) -> str:
        if link.startswith(_ELSEWHERE):
            return link
        target, _, part = link.partition("#")
        path = (source.parent / target).resolve() if target else source
        path = next((p for p in (path / "README.md",) if p in self.places), path)
        end = f"#{part}" if part else ""
        if path in self.places:
            if part and part not in self._anchors[path]:
                self._dead.append(f"{source.relative_to(ROOT)}: {link} names no heading there")
            return self._to(source, path) + end
        inside = path.is_relative_to(ROOT)
        if inside and path.is_file():
            self.files.add(path)
            return self._from(source, f"files/{path.relative_to(ROOT).as_posix()}")
        first = next((p for p in sorted(self.places) if p.is_relative_to(path)), None)
        if inside and path.is_dir() and first is not None:
            return self._to(source, first)
        if inside and path.is_dir():
            return self._folder(source, path)
        self._dead.append(f"{source.relative_to(ROOT)}: {link} leads nowhere")
        return link

    def _folder(self, source: Path, folder: Path) -> str:
        """A folder of files without a page of its own: its files come along, the first is shown."""
        files = sorted(path for path in folder.iterdir() if path.is_file())
        self.files |= set(files)
        return self._from(source, f"files/{files[0].relative_to(ROOT).as_posix()}")

    def _images(self, source: Path, text: str) -> str:
        return _IMAGE.sub(lambda m: f'<img src="{self._link(source, m[1])}"', text)

    def _to(self, source: Path, target: Path) -> str:
        return self._from(source, self.places[target])

    def _from(self, source: Path, place: str) -> str:
        return Path(relpath(place, str(Path(self.places[source]).parent))).as_posix()

    def _title(self, source: Path) -> str:
        for token, text in pairwise(self._tokens[source]):
            if token.type == "heading_open":
                return re.sub(r"[`*]", "", text.content)
        return source.stem

    def _nav(self, source: Path) -> str:
        """The sections, the one of this page open with its pages."""
        made = [self._entry(source, ROOT / "README.md", "Landward")]
        for folder, title in SECTIONS.items():
            section = ROOT / "docs" / folder
            pages = [p for p in self.places if p.parent == section]
            pages += [p for p in self.places if p.parent.parent == section and p.stem == "README"]
            inside = source.is_relative_to(section)
            entries = "".join(
                self._entry(source, page) for page in sorted(pages, key=_readme_first)
            )
            shown = " open" if inside else ""
            made.append(f"<details{shown}><summary>{title}</summary>{entries}</details>")
        others = [p for p in self.places if not p.is_relative_to(ROOT / "docs")]
        made += [self._entry(source, page) for page in others if page != ROOT / "README.md"]
        return "\n".join(made)

    def _entry(self, source: Path, page: Path, title: str = "") -> str:
        current = ' aria-current="page"' if page == source else ""
        words = html.escape(title or self._title(page))
        return f'<a href="{self._to(source, page)}"{current}>{words}</a>'


def _readme_first(path: Path) -> tuple[bool, str]:
    return path.stem != "README", path.as_posix()


def _number(tokens: Sequence[Token]) -> frozenset[str]:
    """Give every heading its name in an address; returns all of them."""
    names: dict[str, int] = {}
    for token, text in pairwise(tokens):
        if token.type == "heading_open":
            name = anchor(re.sub(r"[`*]", "", text.content))
            times = names.get(name, 0)
            names[name] = times + 1
            token.attrSet("id", f"{name}-{times}" if times else name)
    own = (html for token in tokens for html in _ANCHOR.findall(token.content))
    return frozenset(names).union(own)
