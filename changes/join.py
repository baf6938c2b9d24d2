"""Join the fragments of this folder into CHANGELOG.md: `python3 run.py changes [--check]`."""

from __future__ import annotations

import sys
from pathlib import Path

HEADS = ("Clinical data changed", "Added", "Changed", "Fixed", "Removed")
"""Every head a fragment may have, in the order of the change log."""

HERE = Path(__file__).resolve().parent


class BadFragment(ValueError):
    """A fragment that cannot be joined, with the file and the line to look at."""


def read_fragment(name: str, text: str) -> dict[str, list[str]]:
    """The list items of one fragment under their heads, in order. Raises BadFragment."""
    found: dict[str, list[str]] = {}
    items: list[str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("#"):
            head = line.lstrip("#").strip()
            if head not in HEADS:
                raise BadFragment(f"{name} line {number}: “{head}” is none of {', '.join(HEADS)}")
            items = found.setdefault(head, [])
        elif line.startswith("- ") and items is not None:
            items.append(line.rstrip())
        elif line.startswith("  ") and items:
            items[-1] += "\n" + line.rstrip()
        elif line.strip():
            raise BadFragment(f"{name} line {number}: write a list item (“- …”) under a head")
    if not any(found.values()):
        raise BadFragment(f"{name}: it says nothing")
    return found


def joined(changelog: str, fragments: list[dict[str, list[str]]]) -> str:
    """The change log with every item under its head in the first release, the newest below."""
    first = changelog.index("\n## ") + 1
    end = changelog.find("\n## ", first)
    end = len(changelog) if end < 0 else end + 1
    title, sections = _sections(changelog[first:end])
    for fragment in fragments:
        for head, items in fragment.items():
            old = sections.get(head, "")
            sections[head] = "\n".join(filter(None, (old, *items)))
    order = {head: place for place, head in enumerate(HEADS)}
    heads = sorted(sections, key=lambda head: order.get(head, len(HEADS)))
    release = "\n\n".join([title, *(f"### {head}\n\n{sections[head]}" for head in heads)])
    rest = changelog[end:]
    return changelog[:first] + release + "\n" + (f"\n{rest}" if rest else "")


def _sections(release: str) -> tuple[str, dict[str, str]]:
    title, *parts = release.split("\n### ")
    cut = (part.partition("\n") for part in parts)
    return title.strip(), {head.strip(): body.strip("\n") for head, _, body in cut}


def main(arguments: list[str]) -> int:
    """Join, or with --check only read. Exit 2 where a fragment cannot be joined; then nothing is
    changed.
    """
    paths = sorted(path for path in HERE.glob("*.md") if path.name != "README.md")
    log = HERE.parent / "CHANGELOG.md"
    try:
        fragments = [read_fragment(p.name, p.read_text(encoding="utf-8")) for p in paths]
    except BadFragment as error:
        print(f"changes: {error}; nothing was changed", file=sys.stderr)
        return 2
    if "--check" in arguments:
        print(f"{len(paths)} fragments can be joined.")
        return 0
    log.write_text(joined(log.read_text(encoding="utf-8"), fragments), encoding="utf-8")
    for path in paths:
        path.unlink()
    print(f"{len(paths)} fragments are in CHANGELOG.md now.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
