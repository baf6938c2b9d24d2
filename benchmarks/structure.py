"""Draw the rooms of the source and who asks whom: `python3 benchmarks/structure.py FILE.svg`.

One box a room with its lines of code, one arrow a direction of imports with how many there are.
Read from the source as it stands; nothing is run.
"""

import ast
import sys
from collections import Counter
from html import escape
from pathlib import Path

SRC = Path(__file__).parents[1] / "src" / "landward"
ROWS = (
    ("web", "cli"),
    ("app",),
    ("report", "exchange", "engines", "catalog", "vault"),
    ("model",),
)
INSIDE = ("app", "web", "engines", "report", "model")
WIDTH, ROW, BOX, GAP = 980, 212, 176, 16


def rooms() -> dict[str, int]:
    """Lines of Python by room."""
    lines: Counter[str] = Counter()
    for path in SRC.rglob("*.py"):
        parts = path.relative_to(SRC).parts
        if len(parts) > 1:
            lines[parts[0]] += len(path.read_text("utf-8").splitlines())
    return dict(lines)


def inner(room: str) -> list[tuple[str, int]]:
    """The rooms inside a room, with their lines."""
    found = [
        (folder.name, sum(len(p.read_text("utf-8").splitlines()) for p in folder.rglob("*.py")))
        for folder in sorted((SRC / room).iterdir())
        if folder.is_dir() and any(folder.glob("*.py"))
    ]
    return [pair for pair in found if pair[1] > 1]


def arrows() -> Counter[tuple[str, str]]:
    """How many imports lead from one room to another."""
    found: Counter[tuple[str, str]] = Counter()
    for path in SRC.rglob("*.py"):
        parts = path.relative_to(SRC).parts
        if len(parts) < 2:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("landward."):
                target = str(node.module).split(".")[1]
                if target != parts[0]:
                    found[parts[0], target] += 1
    return found


def draw() -> str:
    """The picture, in ink on sand, legible in grey."""
    lines, between = rooms(), arrows()
    centre: dict[str, tuple[float, float]] = {}
    boxes: list[str] = []
    for row, names in enumerate(ROWS):
        room = (WIDTH - len(names) * BOX - (len(names) - 1) * GAP) / 2
        for place, name in enumerate(names):
            x, y = room + place * (BOX + GAP), 20 + row * ROW
            centre[name] = (x + BOX / 2, y)
            inside = inner(name) if name in INSIDE else []
            words = "".join(
                f'<text x="{x + 12:.0f}" y="{y + 56 + 13 * n:.0f}" class="s">'
                f"{escape(part)} {size:,}</text>"
                for n, (part, size) in enumerate(inside[:9])
            )
            boxes.append(
                f'<rect x="{x:.0f}" y="{y}" width="{BOX}" height="{ROW - 46}" rx="6"/>'
                f'<text x="{x + 12:.0f}" y="{y + 22}" class="n">{name}</text>'
                f'<text x="{x + 12:.0f}" y="{y + 38}" class="s">{lines.get(name, 0):,} lines</text>'
                f"{words}"
            )
    level = {name: row for row, names in enumerate(ROWS) for name in names}
    paths = []
    for (source, target), count in sorted(between.items()):
        if source not in level or target not in level or level[source] >= level[target]:
            continue
        (x1, y1), (x2, y2) = centre[source], centre[target]
        paths.append(
            f'<line x1="{x1:.0f}" y1="{y1 + ROW - 46:.0f}" x2="{x2:.0f}" y2="{y2:.0f}" '
            f'stroke-width="{min(1 + count / 60, 4):.1f}"><title>{source} asks {target}: {count}'
            "</title></line>"
        )
    against = sum(n for (a, b), n in between.items()
                  if a in level and b in level and level[a] >= level[b])  # fmt: skip
    height = 20 + len(ROWS) * ROW
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="The rooms of Landward; every import leads downward">'
        "<style>rect{fill:#f6f0e4;stroke:#33475b}line{stroke:#7a8794}"
        "text{font-family:'Atkinson Hyperlegible',sans-serif;fill:#22303d}"
        ".n{font-size:17px;font-weight:700}.s{font-size:11px}</style>"
        f'<rect x="0" y="0" width="{WIDTH}" height="{height}" style="fill:#fffdf8;stroke:none"/>'
        f"{''.join(paths)}{''.join(boxes)}"
        f'<text x="20" y="{height - 8}" class="s">{against} imports lead upward or sideways: '
        "one command that starts the web, and nothing else.</text></svg>\n"
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(draw(), encoding="utf-8")
