"""The docs build into pages whose every link leads somewhere, with nothing fetched elsewhere."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs" / "site"))

from pages import DeadLinks, Site, anchor  # noqa: E402 - this folder is no package


class Links(HTMLParser):
    """What a page links to, what it fetches, and the names in it."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.to: list[str] = []
        self.fetched: list[str] = []
        self.names: set[str] = set()
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.names |= {found["id"] or ""} if "id" in found else set()
        where = found.get("href") or found.get("src")
        if where:
            (self.to if tag == "a" else self.fetched).append(where)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("site") / "pages"
    command = [sys.executable, str(ROOT / "docs" / "site"), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target


def test_every_page_is_there_and_every_link_leads_somewhere(site: Path) -> None:
    pages = {page: Links(page) for page in site.rglob("*.html")}
    assert len(pages) >= len(list((ROOT / "docs").rglob("*.md")))
    dead = []
    for page, links in pages.items():
        for where in (*links.to, *links.fetched):
            if where.startswith(("http://", "https://", "mailto:")):
                continue
            path, _, name = unquote(where).partition("#")
            target = (page.parent / path).resolve() if path else page
            known = pages[target].names if target in pages else set()
            if not target.is_file() or (name and name not in known):
                dead.append(f"{page.relative_to(site)}: {where}")
    assert dead == []


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        assert not [w for w in Links(page).fetched if re.match(r"(https?:)?//", w)], page
        assert "<script" not in page.read_text("utf-8")
    assert "//" not in re.sub(r"/\*.*?\*/", "", (site / "look" / "style.css").read_text("utf-8"))


def test_a_dead_link_fails_the_build_and_is_named() -> None:
    page = ROOT / "README.md"
    planted = Site([page])
    planted._link(page, "docs/nowhere.md")
    planted._link(page, "#no-such-heading")
    with pytest.raises(DeadLinks) as dead:
        planted.check({})
    assert str(dead.value).splitlines() == [
        "README.md: #no-such-heading names no heading there",
        "README.md: docs/nowhere.md leads nowhere",
    ]


@pytest.mark.parametrize(
    ("title", "name"), [("A diary", "a-diary"), ("`--json`, and *why*?", "--json-and-why")]
)
def test_headings_are_named_as_code_hosts_name_them(title: str, name: str) -> None:
    assert anchor(re.sub(r"[`*]", "", title)) == name
