"""Build the docs as a small site of plain pages: `python3 run.py docs` writes `build/site/`.

No script, no outside asset: it can be opened from a folder, printed, or put on any host. Every link
is followed while it is built; a dead one fails the build and is named.
"""

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

SITE = Path(__file__).parent
sys.path.insert(0, str(SITE))

from pages import ROOT, DeadLinks, Site, sources  # noqa: E402 - this folder is no package

FONTS = ROOT / "src" / "landward" / "report" / "fonts"
FILES = (
    SITE / "style.css",
    ROOT / "src" / "landward" / "web" / "static" / "mark.svg",
    *(FONTS / f"AtkinsonHyperlegible-{weight}.ttf" for weight in ("Regular", "Bold", "Italic")),
    FONTS / "AtkinsonHyperlegible-OFL.txt",
)


def build(target: Path) -> int:
    """Write the whole site into `target`, anew, and return how many pages it has."""
    site = Site(sources())
    made = {path: site.page(path) for path in site.places}
    site.check(made)
    if target.exists():
        shutil.rmtree(target)
    for path, html in made.items():
        _write(target / site.places[path], html.encode())
    for file in FILES:
        _write(target / "look" / file.name, file.read_bytes())
    for file in site.files:
        _write(target / "files" / file.relative_to(ROOT), file.read_bytes())
    return len(made)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def main(arguments: Iterable[str]) -> int:
    """Build into the folder named, or into build/site."""
    target = Path(next(iter(arguments), ROOT / "build" / "site"))
    if target.exists() and not (target / "look" / "style.css").exists():
        print(f"{target} holds something else; name another folder", file=sys.stderr)
        return 2
    try:
        pages = build(target)
    except DeadLinks as dead:
        print(dead, file=sys.stderr)
        return 1
    print(f"{pages} pages in {target}. Open {target / 'index.html'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
