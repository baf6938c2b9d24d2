"""Do the six answers stand on each of the twelve pages, in its text and in its picture at 100 dpi?

    python benchmarks/report --pack DIR --truth FILE
    python benchmarks/report/legible.py DIR

The picture is read by Tesseract, in colour and in grey: a machine that knows no diary. It says
whether the words can be read off the page, not whether somebody understands them; for that see
ANSWERS.md. The words to find were written down by hand beside `diaries.py`, one line a question.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

NOT_ASKED = "Not asked: seizure, confusion, seeing or hearing things, fall"
NOTHING = "Nothing was written here"
TOO_FEW = "too few days to say which way it goes"
NONE = "none recorded"
WORDS: dict[str, tuple[str, str, str, str, str, str]] = {
    "01": ("No medicine is written down", "No lasting change is recorded", "No day was rated",
           NOT_ASKED, "Nothing is written in this diary yet", "Nothing is asked"),
    "02": ("diazepam 10 mg on 26 Nov 2026", NONE, TOO_FEW, NOT_ASKED,
           "A new diary: its 1 day is answered", NOTHING),
    "03": ("diazepam 10 mg a day", NONE, TOO_FEW, NOT_ASKED,
           "A new diary: all of its 3 days are answered", "Help me to start slowly, please"),
    "04": ("clonazepam 0.875 mg a day", "12.5 % 1 down to 0.875 mg 7 Nov 2026",
           "harder, by 1, than in the 12 days before", "Ran out: yes, in the month to 21 Nov 2026",
           "27 of the last 28 days answered", "Stay at this dose for six weeks"),
    "05": ("lorazepam 2 mg on the days written", NONE, TOO_FEW, NOT_ASKED,
           "5 of the last 28 days answered (few days)", NOTHING),
    "06": ("zopiclone 3.75 mg a day", "50 % 7.5 down to 3.75 mg 10 Nov 2026",
           "easier, by 1, than in the 28 days before", "No in the month to 23 Nov: seizure",
           "28 of the last 28 days answered", "One medicine at a time, please"),
    "07": ("lorazepam: only as needed", NONE, "about the same as in the 28 days before", NOT_ASKED,
           "28 of the last 28 days answered", NOTHING),
    "08": ("clonazepam 0.5 mg a day", "25 % 0.4 up to 0.5 mg 20 Oct 2026",
           "easier, by 1, than in the 28 days before; harder, by 3, than at the start", NOT_ASKED,
           "28 of the last 28 days answered", "Hold here until I sleep again"),
    "09": ("diazepam: none now, ended", "100 % 0.5 mg down to none 17 Aug 2026",
           "about the same as in the 28 days before", "No in the month to 27 Sep; not asked since",
           "28 of the last 28 days answered", NOTHING),
    "10": ("diazepam 1 mg a day", "33 % 1.5 down to 1 mg 18 Oct 2026",
           "about the same as in the 28 days before", "Fall: yes, in the month to 6 Nov 2026",
           "28 of the last 28 days answered", "Drops instead of quarters"),
    "11": ("alprazolam 0.75 mg a day", "25 % 1 down to 0.75 mg 13 Nov 2026",
           "about the same as in the 28 days before", NOT_ASKED,
           "22 of the last 28 days answered", "Slower, please: half the step"),
    "12": ("diazepam 5 mg, not taken on 3 of 7 days", "taken again none from 21 Nov 2026",
           "about the same as in the 28 days before",
           "More than one planned day not taken in the last seven",
           "28 of the last 28 days answered", "Please hold at 5 mg"),
}  # fmt: skip


def found(words: str, text: str) -> bool:
    """Whether every word of an answer is in a text, wherever its columns put it."""
    have = set(_tokens(text))
    return all(word in have for word in _tokens(words))


def _tokens(text: str) -> list[str]:
    # A machine may read the slashed zero of the page as another sign, and a 5 as an S.
    plain = text.casefold().replace("−", " ").replace("–", " ")
    return re.findall(r"[a-z]+|[0-9]+(?:[.,][0-9]+)?", plain)


def main() -> int:
    """Say what was found of each page, and what not."""
    folder, missed = Path(sys.argv[1]), 0
    reads = {"text": lambda place: (place / "page.txt").read_text("utf-8")}
    if (machine := shutil.which("tesseract")) is not None:
        for name in ("page", "page-grey"):
            reads[name] = lambda place, name=name: subprocess.run(
                [machine, str(place / f"{name}.png"), "-", "--dpi", "100", "--psm", "4"],
                capture_output=True, text=True, check=True,
            ).stdout  # fmt: skip
    for kind, read in reads.items():
        right = 0
        for page, answers in WORDS.items():
            text = read(folder / page)
            for number, words in enumerate(answers, 1):
                if found(words, text):
                    right += 1
                else:
                    lost = [w for w in _tokens(words) if w not in set(_tokens(text))]
                    print(f"{kind} {page} question {number}: not found: {' '.join(lost)}")
        missed += 72 - right
        print(f"{kind}: {right} of 72")
    return int(bool(missed))


if __name__ == "__main__":
    raise SystemExit(main())
