"""One line about an entry: enough to know it by, and never a whole note."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from landward.model.bodies import (
    Body,
    CheckIn,
    DoseTaken,
    Event,
    Feelings,
    Glimmer,
    Incident,
    Note,
    PlanAdopted,
    Prescription,
    Profile,
    Retraction,
    ScaleAnswers,
    Shared,
    Sleep,
    UserLabel,
)
from landward.report.entry_words import begun, entry_words

LONG = "slept three hours and then walked to the pier"


def check_in(answers: dict[str, float], scale: str, **more: object) -> CheckIn:
    scales = dict.fromkeys(answers, scale)
    return CheckIn.model_validate(
        {"asked": [*answers], "answers": answers, "scales": scales} | more
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (check_in({"day": 6}, "0..10 better down"), "day 6 of 10"),
        (check_in({"mood": 3}, "1..5 better up"), "mood 3 (1 to 5)"),
        (
            check_in({f"own:{n}": n for n in range(4)} | {"pain_at_night": 2}, "0..4 better down"),
            "own:0 0, own:1 1, own:2 2 and 2 more, each of 4",
        ),
        (
            CheckIn(
                asked=("day", "insomnia", "tinnitus"),
                answers={"day": 6, "insomnia": 3},
                scales={"day": "0..10 better down", "insomnia": "0..4 better down"},
                too_much=("tinnitus",),
                tags=("work",),
                note=LONG,
            ),
            "day 6 of 10, insomnia 3 of 4; 1 answered without a number; tags work; "
            "note “slept three hours …” (9 words)",
        ),
        (CheckIn(mode="unwell"), "too unwell to log"),
        (
            Feelings(asked=("joy",), answers={"joy": 1}, scales={"joy": "0..4 better up"}),
            "joy 1 of 4",
        ),
        (ScaleAnswers(instrument="PHQ-9", total=12), "PHQ-9; total 12"),
        (Sleep(hours=6.5), "6.5 h"),
        (
            Sleep(
                hours=7,
                started_at=datetime(2026, 3, 1, 23, 10),
                ended_at=datetime(2026, 3, 2, 6, 40),
            ),
            "7 h (23:10 to 06:40)",
        ),
        (
            DoseTaken(drug="diazepam", dose_mg=Decimal("2.50"), at=datetime(2026, 3, 1, 22, 5)),
            "diazepam 2.5 mg at 22:05",
        ),
        (
            DoseTaken(drug="diazepam", dose_mg=5, status="as_planned", day_total=True),
            "diazepam 5 mg in the whole day; as planned",
        ),
        (DoseTaken(drug="diazepam", status="not_taken"), "diazepam, not taken"),
        (Note(text=LONG), "“slept three hours …” (9 words)"),
        (Glimmer(text="a blackbird"), "“a blackbird”"),
        (Event(what="a walk"), "“a walk”"),
        (
            Prescription(drug="diazepam", dose_mg_per_day=10, started_on=date(2026, 1, 2)),
            "diazepam 10 mg a day; from 2026-01-02",
        ),
        (PlanAdopted(plan="{}", tables_version="1", prescriber="Dr Day"), "a plan; with Dr Day"),
        (Profile(fields={"name": "x"}), "1 fact or choice"),
        (UserLabel(label="wave", until=date(2026, 3, 9)), "wave, until 2026-03-09"),
        (Incident(what="ran_out"), "ran out"),
        (Shared(what="a letter", reader="the GP"), "“a letter”; for the GP"),
        (Retraction(), "takes back what was written before"),
        (None, "from a newer Landward: kept, not shown"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Body) else "",
)
def test_a_line_for_every_kind(body: Body | None, words: str) -> None:
    assert entry_words(body) == words


def test_a_long_word_is_not_shown_whole_either() -> None:
    assert begun("x" * 5000) == f"“{'x' * 40} …” (1 word)"
    assert begun("") == ""


def test_a_strangers_text_cannot_steer_the_terminal() -> None:
    said = entry_words(DoseTaken(drug="\x1b[2Jdiazepam\r\u202e", dose_mg=1))
    assert said == "·[2Jdiazepam·· 1 mg"
