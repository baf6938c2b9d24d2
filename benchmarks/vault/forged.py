"""Forged lines of every kind put into the inbox: how the diary opens, every page, what acts.

    python forged.py [--lines 10000] [--days 730] [--result FILE.json]

The server is its own process (`landward open`), asked as a browser asks. Before, and after every
5,000 lines (the most an inbox takes): unlocking, then each page of the app, until the inbox is
empty, since one unlocking takes in no more than 1,000. At the end every waiting line of a share is
let in, and the pages are asked once more: a yes must break nothing.
"""

import argparse
import http.client
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import forging

from landward.app.diary.profile import read_me
from landward.app.diary.whole import whole_diary
from landward.app.keep.waiting import answer
from landward.app.read.names import table_words, words_for
from landward.app.share.fictional import fictional_entries
from landward.model.base import LandwardError
from landward.model.bodies import KINDS
from landward.model.journal import standing
from landward.model.medicines.record import medicine_record
from landward.model.moment import Moment
from landward.vault import Vault, asking, inbox, keys, sealed_files
from landward.vault.cost import CHEAPEST
from landward.web.http.diary_sessions import now

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "web"))
from requests_ import Visitor, cpu_s

PASSPHRASE = "six grey geese over water"
AT_ONCE = inbox.MAX_WAITING
SLOW_S = 1.0
PLACES = (
    "/journey?zoom=4w", "/journey?zoom=all", "/journey?zoom=12w&lane=hard&lane=anxiety",
    "/library/drug/clonazepam", "/help?country=IE",
)  # fmt: skip


@dataclass
class Page:
    """One answer."""

    wall_s: float
    cpu_s: float
    status: int


@dataclass
class Figures:
    """What was seen."""

    opening_s: list[tuple[float, float, int]] = field(default_factory=list)
    """Wall and processor seconds of each unlocking, and how many sealed files lay there: first the
    one before anything forged."""
    pages: list[dict[str, Page]] = field(default_factory=list)
    """Every page, per unlocking."""
    came: Counter[str] = field(default_factory=Counter)
    """Where the lines ended: joined, waiting, set aside."""
    kinds: Counter[str] = field(default_factory=Counter)
    """What joined or waits, by kind."""
    acted: list[str] = field(default_factory=list)
    """What a forged line did unasked."""
    broken: list[str] = field(default_factory=list)
    """Answers of 500 and above, and requests nobody answered."""


def addresses(today: date) -> list[str]:
    """Every page of the app that is read, from its own list of routes."""
    from landward.web.http.diary_sessions import AppState, DiarySession
    from landward.web.http.sessions import SessionStore
    from landward.web.http.site import create_app

    guard = create_app(
        AppState([DiarySession("x", Path("nowhere"))]), SessionStore(1), (), hosts=("x",)
    )
    found = set(PLACES)
    for route in guard.app.routes:
        path, methods = getattr(route, "path", ""), getattr(route, "methods", None) or set()
        if "GET" in methods and path not in ("/open", "/static/{name}"):
            day = path.replace("{day}", today.isoformat()).replace("{date}", today.isoformat())
            if "{" not in day:
                found.add(day)
    return sorted(found)


def launch(path: Path) -> tuple["subprocess.Popen[str]", Visitor]:
    """The app as a person starts it."""
    command = [sys.executable, "-u", "-m", "landward", "open", "--vault", str(path), "--no-browser"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    visitor = Visitor(process.stdout.readline().split()[-1])
    before = -1.0
    while (used := cpu_s(process.pid)) > before:  # what is loaded ahead is not the unlocking
        before = used
        time.sleep(1.5)
    return process, visitor


def made(path: Path, days: int, moment: Moment) -> tuple[str, ...]:
    """A diary with a box in it. Returns the ids of what stands."""
    vault, _ = Vault.create(path, PASSPHRASE, now=moment.at, cost=CHEAPEST)
    with vault:
        vault.append(fictional_entries(vault, moment, days))
        keys.open_box(vault, "sister", now=moment.at)
        return tuple(entry.id for entry in standing(vault.entries()).entries)


def what_acts(path: Path, mine: tuple[str, ...], moment: Moment) -> dict[str, object]:
    """Everything that decides or is believed: settings, medicine, plan, names of things, what is
    told as the person's own word, and what the person wrote that stands.
    """
    with Vault.open(path, PASSPHRASE, now=moment.at) as vault:
        there = standing(vault.entries()).entries
        me = read_me(there)
        ids = {entry.id for entry in there}
        words = {entry.id: entry.body for entry in there if entry.id in set(mine)}
    diary = whole_diary(there)
    drugs = whole_diary([entry for entry in there if entry.id in words]).drugs
    medicines, called = medicine_record(diary.lines).medicines, words_for(diary)
    return {
        "names of symptoms": {item: called[item] for item in table_words()},
        "names of medicines": {drug: medicines[drug].own_word for drug in drugs},
        "told as the person's own word": [e.id for e in there if e.kind in asking.SPEAKS],
        "settings": dict(me.settings.texts),
        "prescribed and planned": [e.id for e in there if e.kind in asking.ACTS],
        "mine that stand": sum(one in ids for one in mine),
        "my words": words,
    }


def visit(visitor: Visitor, pages: list[str], pid: int, figures: Figures) -> dict[str, Page]:
    """Ask for each page once; the second answer counts where the first one was slow."""
    found = {}
    for path in pages:
        best = None
        for _ in range(3):
            before = cpu_s(pid)
            try:
                took, status, _text = visitor.ask("GET", path)
            except (OSError, http.client.HTTPException) as error:
                figures.broken.append(f"{path}: {error!r}")
                visitor.connection = http.client.HTTPConnection(visitor.host)
                continue
            page = Page(took, cpu_s(pid) - before, status)
            if status >= 500:
                figures.broken.append(f"{path}: {status}")
            best = page if best is None else best
            first = best
            if took <= SLOW_S:
                break
        if best is not None:
            found[path] = first
    return found


def open_and_look(path: Path, pages: list[str], figures: Figures) -> None:
    """Start the app, unlock, ask for every page, end it."""
    sealed = len(inbox.waiting(path))
    process, visitor = launch(path)
    try:
        used = cpu_s(process.pid)
        took, status, _ = visitor.ask("POST", "/unlock", {"passphrase": PASSPHRASE})
        figures.opening_s.append((took, cpu_s(process.pid) - used, sealed))
        if status != 303:
            figures.broken.append(f"unlocking: {status}")
        figures.pages.append(visit(visitor, pages, process.pid, figures))
    finally:
        process.kill()
        process.wait()


def run(folder: Path, lines: int, days: int, *, seed: int = 14) -> Figures:
    """All of it, in a folder of its own."""
    figures, moment = Figures(), now()
    path, today = folder / "mine.vault", now().today()
    mine = made(path, days, moment)
    before = what_acts(path, mine, moment)
    pages = addresses(today)
    forger = forging.Forger(today, seed, mine)
    left = 0
    for turn in range(1 + -(-lines // AT_ONCE)):
        if turn:
            count = min(AT_ONCE, lines - left)
            forging.leave(path, (forger.line(left + number) for number in range(count)))
            left += count
        open_and_look(path, pages, figures)
        while inbox.waiting(path):
            open_and_look(path, pages, figures)
    after = what_acts(path, mine, moment)
    figures.acted = [name for name in before if before[name] != after[name]]
    with Vault.open(path, PASSPHRASE, now=moment.at) as vault:
        joined = [entry for entry in vault.entries() if entry.id not in set(mine)]
        waits = asking.waiting(vault)
    aside = path / sealed_files.FOLDER / sealed_files.SET_ASIDE
    figures.came = Counter(
        {"joined": len(joined), "waiting": len(waits), "set aside": len(list(aside.iterdir()))}
    )
    figures.kinds = Counter(e.kind for e in joined) + Counter(one.entry.kind for one in waits)
    return figures


def let_some_in(folder: Path, each: int, figures: Figures) -> int:
    """Say yes to some waiting lines of each kind, then ask for every page again."""
    path, moment = folder / "mine.vault", now()
    done: Counter[str] = Counter()
    with Vault.open(path, PASSPHRASE, now=moment.at) as vault:
        for one in asking.waiting(vault):
            if done[one.entry.kind] < each:
                try:
                    answer(vault, let_in=one.entry.id)
                    done[one.entry.kind] += 1
                except LandwardError as error:
                    figures.broken.append(f"letting in {one.entry.kind}: {error}")
    process, visitor = launch(path)
    try:
        visitor.ask("POST", "/unlock", {"passphrase": PASSPHRASE})
        pages = addresses(now().today())
        figures.pages.append(visit(visitor, pages, process.pid, figures))
    finally:
        process.kill()
        process.wait()
    return done.total()


def told(figures: Figures, lines: int, days: int, let_in: int) -> tuple[list[str], bool]:
    """The lines of RESULTS.md, and whether all of it held."""
    base, *openings = figures.opening_s
    more = [(wall - base[0], cpu - base[1], sealed) for wall, cpu, sealed in openings]
    slow: dict[str, str] = {}
    for turn, pages in enumerate(figures.pages):
        for path, page in pages.items():
            if page.wall_s > SLOW_S:
                was = figures.pages[0].get(path)
                slow[path] = (
                    f"{path}: {page.wall_s:.2f} s wall, {page.cpu_s:.2f} s work in turn "
                    f"{turn}" + (f" ({was.wall_s:.2f} before anything was forged)" if was else "")
                )
    worst = max(page.wall_s for pages in figures.pages[1:] for page in pages.values())
    said = [
        "",
        "## Forged lines of every kind in the inbox",
        "",
        f"`python3 run.py bench vault --only forged`: {lines} lines of {len(KINDS)} kinds and one "
        f"nobody knows, {AT_ONCE} at a time, sealed to the diary or to a box, over a fictional "
        f"diary of {days} days; half of them told to be sound. "
        f"{figures.came['joined']} joined with a mark, {figures.came['waiting']} wait for a yes, "
        f"{figures.came['set aside']} were set aside. An unlocking takes in "
        f"{sealed_files.MOST_AT_ONCE} at most; the next one takes in more.",
        "",
        "| | wall | server’s work |",
        "|---|---:|---:|",
        f"| unlocking before | {base[0]:.2f} s | {base[1]:.2f} s |",
        *(
            f"| unlocking with {sealed} forged lines in the inbox: more by (to reach: ≤ 1 s) "
            f"| {wall:.2f} s | {cpu:.2f} s |"
            for wall, cpu, sealed in more
        ),
        f"| the slowest of {len(figures.pages[0])} pages (to reach: ≤ 1 s) | {worst:.2f} s | |",
        "",
        f"Answers of 500 and above, or none: **{len(figures.broken)}**. Settings, medicine, plan, "
        "a name, what is told as the person’s own word, or a written line changed unasked: "
        f"**{len(figures.acted)}**. {let_in} waiting lines were "
        "then let in, up to 40 of each kind, and every page asked for again.",
        *(f"- {line}" for line in (*figures.broken[:20], *figures.acted, *slow.values())),
    ]
    held = not figures.broken and not figures.acted and not slow
    return said, held and all(cpu <= 1 for _, cpu, _ in more)


def measure(folder: Path, lines: int, days: int) -> tuple[list[str], bool]:
    """The whole measurement, for RESULTS.md."""
    figures = run(folder, lines, days)
    let_in = let_some_in(folder, 40, figures)
    return told(figures, lines, days, let_in)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=730)
    parser.add_argument("--keep", type=Path)
    wanted = parser.parse_args()
    folder = wanted.keep or Path(tempfile.mkdtemp())
    folder.mkdir(exist_ok=True)
    figures = run(folder, wanted.lines, wanted.days)
    let_in = let_some_in(folder, 40, figures)
    lines, held = told(figures, wanted.lines, wanted.days, let_in)
    print("\n".join(lines))
    print(dict(figures.kinds))
    ranked = sorted(
        ((page.wall_s, page.cpu_s, path, turn) for turn, pages in enumerate(figures.pages)
         for path, page in pages.items()), reverse=True,
    )  # fmt: skip
    for wall_s, cpu_s_, path, turn in ranked[:25]:
        print(f"{wall_s:.2f} {cpu_s_:.2f} {path} turn {turn}")
    if not wanted.keep:
        shutil.rmtree(folder)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
