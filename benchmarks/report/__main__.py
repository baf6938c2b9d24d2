"""`python3 run.py bench report`: page one of twelve diaries for a reader, and times.

    --pack DIR    write NN/page.png, page-grey.png, page.pdf, page.txt, six-lines.txt for each diary
    --truth FILE  write the true answers there, apart from the pack
    --checks N    recompute page one's figures of N generated diaries from their exports (300)

Pictures need `pdftoppm` (poppler-utils); without it the pack holds the PDF and the texts.
"""

import argparse
import json
import shutil
import subprocess
import time
from pathlib import Path

from diaries import CASES, LAST, Case, made
from generated import generated
from recompute import differences

from landward.app.diary.whole import whole_diary
from landward.app.share.report import make_report, report_context
from landward.exchange.archive import to_jsonl
from landward.report.appendices.all_parts import USUAL
from landward.report.context import ReportContext
from landward.report.six_lines import six_lines

DPI = "100"
ROUNDS = 7


QUESTIONS = """\
You are shown the first page of a stranger's diary. Answer from this page alone, one line each.
1. What is taken now?
2. What changed last, when, and by what percent?
3. Which way is it going?
4. Any red flag?
5. How complete is what you are shown?
6. What is asked of you?
Say "the page does not say" where it does not. Then: what would you do first?
"""
"""What a reader is asked of each page; the last line shows dangerous misreadings."""


def page_of(case: Case, *, appendices: tuple[str, ...] = ()) -> ReportContext:
    """Page one of a case, as the app makes it."""
    return report_context(
        whole_diary(case.entries), last_day=LAST, appendices=appendices, blank=True
    )


def write_pack(folder: Path, truth: Path) -> None:
    """Everything a reader gets; the truth goes elsewhere."""
    found = {}
    for number, write in enumerate(CASES, 1):
        case = made(write)
        context = page_of(case)
        place = folder / f"{number:02}"
        place.mkdir(parents=True, exist_ok=True)
        pdf = make_report(context, today=LAST)
        (place / "page.pdf").write_bytes(pdf)
        (place / "six-lines.txt").write_text("\n".join(six_lines(context)) + "\n", "utf-8")
        (place / "page.txt").write_text(_text(pdf), "utf-8")
        _pictures(place)
        found[f"{number:02}"] = {"diary": case.name, **case.truth}
    (folder / "questions.txt").write_text(QUESTIONS, "utf-8")
    truth.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"wrote {len(CASES)} diaries to {folder}, what is true to {truth}")


def _text(pdf: bytes) -> str:
    import pypdfium2

    return pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded().replace("\r", "")


def _pictures(place: Path) -> None:
    if (draw := shutil.which("pdftoppm")) is None:
        return
    for name, more in (("page", []), ("page-grey", ["-gray"])):
        subprocess.run(
            [draw, "-r", DPI, "-png", "-singlefile", "-f", "1", *more, "page.pdf", name],
            cwd=place, check=True,
        )  # fmt: skip


def times() -> None:
    """Page one and the whole report of two years, warm: middle of seven, wall and CPU."""
    case = made(CASES[9])
    two_years = [e for e in case.entries if (LAST - e.date).days < 730]
    diary = whole_diary(two_years)
    for name, more in (("page one", False), ("whole report", True)):
        runs = []
        for _ in range(ROUNDS):
            wall, cpu = time.perf_counter(), time.process_time()
            context = report_context(diary, appendices=USUAL if more else ())
            pdf = make_report(context, today=LAST)
            runs.append((time.perf_counter() - wall, time.process_time() - cpu))
        same = make_report(context, today=LAST) == pdf
        wall, cpu = (sorted(one[i] for one in runs)[ROUNDS // 2] * 1000 for i in (0, 1))
        print(f"{name}, two years: {wall:.0f} ms wall, {cpu:.0f} ms CPU, {len(pdf) / 1000:.0f} kB, "
              f"the same bytes twice: {'yes' if same else 'NO'}")  # fmt: skip


def check(many: int) -> int:
    """Recompute; says every difference."""
    wrong = figures = 0
    for seed in range(many):
        entries = generated(seed)
        context = report_context(whole_diary(entries))
        count, found = differences(to_jsonl(entries).decode(), context)
        figures += count
        wrong += len(found)
        for line in found[:5]:
            print(f"diary {seed}: {line}")
    print(f"{many} generated diaries, {figures} figures recomputed, {wrong} differences")
    return int(bool(wrong))


def main() -> int:
    """Run what was asked for; without options, times and checks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path)
    parser.add_argument("--truth", type=Path, default=Path("truth.json"))
    parser.add_argument("--checks", type=int, default=300)
    asked = parser.parse_args()
    if asked.pack:
        write_pack(asked.pack, asked.truth)
        return 0
    times()
    return check(asked.checks)


if __name__ == "__main__":
    raise SystemExit(main())
