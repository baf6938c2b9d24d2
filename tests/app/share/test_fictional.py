"""The fictional person: the same each time, valid to the last line, something on every page."""

import datetime as dt
from collections import Counter
from statistics import mean

import pytest

from landward.app.read.waves import read_waves
from landward.app.share.fictional import RETURNS, STILL, Story, fictional_entries, fictional_lines
from landward.app.write.entry import WhileLocked
from landward.model.bodies import CheckIn, DidAnyway, DoseTaken, Feelings, Glimmer, PlanAdopted
from landward.model.diary import fold
from landward.model.waves import State
from making import MOMENT

LAST = dt.date(2026, 2, 28)


def test_the_same_seed_tells_the_same_story() -> None:
    assert list(fictional_lines(LAST)) == list(fictional_lines(LAST))
    assert list(fictional_lines(LAST)) != list(fictional_lines(LAST, seed=12))


@pytest.mark.parametrize("story", [RETURNS, STILL])
def test_both_people_are_told_as_warmly(story: Story) -> None:
    said = Counter(type(line.body) for line in fictional_lines(LAST, story=story))
    assert said[Glimmer] >= 3 and said[DidAnyway] >= 6
    assert len(story.moments) == len(story.anyway) == 4 and story.better_note
    words = " ".join((*story.moments, *story.notes, *story.anyway, story.better_note)).lower()
    assert not {"relapse", "failed", "hopeless", "never", "damage"} & set(words.split())


def test_feeling_returns_to_the_one_and_not_so_far_to_the_other() -> None:
    for story, low, high in ((RETURNS, 1, 3), (STILL, -0.5, 0.5)):
        pleasant = [
            line.body.answers["pleasant"]
            for line in fictional_lines(LAST, story=story)
            if isinstance(line.body, CheckIn) and "pleasant" in line.body.answers
        ]
        assert low <= mean(pleasant[-60:]) - mean(pleasant[:60]) <= high, story.whose


def test_it_has_windows_waves_gaps_and_a_dose_that_only_the_plan_names() -> None:
    diary = fold(fictional_entries(WhileLocked(), MOMENT))
    states = {spell.state for spell in read_waves(diary).reading.spells}
    assert states == {State.WINDOW, State.WAVE}
    modes = Counter(body.mode for _, body in diary.of(CheckIn))
    assert modes["answered"] > 350
    assert modes["unwell"] >= 1
    assert len(diary.days) < 420  # some days have no entry at all
    assert len(list(diary.of(PlanAdopted))) == 1
    assert len(list(diary.of(Feelings))) > 40
    doses = [float(body.dose_mg) for _, body in diary.of(DoseTaken) if body.dose_mg is not None]
    assert doses[0] == 1.0
    assert doses[-1] < 0.6
    assert diary.unknown == 0


def test_ten_years_never_go_below_a_dose_that_exists() -> None:
    lines = list(fictional_lines(LAST, days=3650))
    doses = [line.body.dose_mg for line in lines if isinstance(line.body, DoseTaken)]
    assert all(dose is not None and dose > 0 for dose in doses)
    assert max(line.day for line in lines) <= LAST
