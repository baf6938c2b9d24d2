"""`read_waves`: checks the diary, runs the method, returns one frozen reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landward.engines.patterns.joint_model import Diary, prepare
from landward.engines.patterns.lasting import find_gradual, find_steps
from landward.engines.patterns.level_shifts import find_shifts
from landward.engines.patterns.model_average import ROOM, Average, average, read_again, with_steps
from landward.engines.patterns.series import (
    LONG_GAP,
    MIN_ANSWERED,
    Floats,
    as_labels,
    as_series,
    check_dose,
    check_scale,
    gap_lengths,
)
from landward.engines.patterns.spells import find_spells, runs_of
from landward.model.said import phrase
from landward.model.waves import DayReading, GradualChange, LevelShift, State, WaveReading

SPELL_FROM = 0.4
"""A spell needs a day of this chance: a missed spell weighs more than one too many."""

SURE, NEARLY = 0.5, 0.8
"""It reaches as far as the chance stays `SURE`; a fainter one, `NEARLY` that of its best day."""

SHORTEST = 2
"""One day alone is brief, not a spell."""

FAINT = 0.9
"""Units (tenths of the scale) from the baseline under which a run of days is no spell to speak of.

The plain rule asks about the same of a day: a tenth of the scale (`annotation.py`)."""


@dataclass(frozen=True)
class Bounds:
    """From which chance a spell is told, how far it must lie from usual; labels that set them."""

    spell_from: float
    faint: float
    labels: int = 0


USUAL_BOUNDS = Bounds(SPELL_FROM, FAINT)
SPELL_FROMS, FAINTS = (0.25, 0.4, 0.6), (0.5, FAINT, 1.5)
FEWEST_LABELS, LOYALTY = 10, 1.5
"""A person's own labels move the bounds from ten labelled days on."""

SPARSE_DAYS, SPARSEST_DAYS = 5, 10
"""An answer every five days or less often is read from answer to answer, up to every ten."""

FEWEST_SPARSE = 18
"""Rare answers in smaller number are too sparse to tell spells."""

SHORTEST_LEVEL, LEAST_SHIFT = 4, 0.1
"""A lasting level of rare answers: at least so many, a tenth of the scale from the one before."""

STATES = {-1: State.WINDOW, 0: State.USUAL, 1: State.WAVE, 2: State.UNKNOWN}


def read_waves(
    severity: ArrayLike,
    dose_mg: ArrayLike | Mapping[str, ArrayLike] | None = None,
    *,
    scale: tuple[float, float] = (0, 10),
    labels: Any = None,
) -> WaveReading:
    """Windows, waves, the moving baseline and its lasting shifts in one daily series.

    `severity` (days,): answers on `scale`, higher is worse, NaN where nothing was answered.
    `dose_mg` (days,): dose of each day in mg, or a mapping drug -> (days,);
    responses after its changes are told apart from waves. `labels`: the person's own words for
    some days (a mapping position -> label, or one a
    day). Returns one DayReading per element of `severity`. Raises BadInput for values that cannot
    be such a diary; too few answers give a reading in which every day is unknown.
    """
    series = as_series(severity)
    low, high = check_scale(series, scale)
    dose = None if dose_mg is None else check_dose(dose_mg, series.size)
    own = as_labels(labels, series.size)
    if np.isfinite(series).sum() < MIN_ANSWERED:
        return _unknown(series, (low, high))
    if np.nanmax(series) == np.nanmin(series):
        return _constant(series, (low, high), own)
    pace = pace_of(series)
    if pace > SPARSEST_DAYS or (pace > 1 and np.isfinite(series).sum() < FEWEST_SPARSE):
        return _unknown(series, (low, high), "too sparse")
    if pace > 1:
        return _read_sparse(series, (low, high), own, pace)
    diary = prepare(series, (low, high), own)
    found = average(diary, dose)
    steps = find_steps(found.fits, diary)
    if steps:
        columns = np.column_stack([step.column for step in steps])
        sizes = np.array([step.size for step in steps])
        found = with_steps(found, diary, columns, sizes)
    bounds = taught_bounds(found, diary, series, (low, high))
    codes, baseline = _decided(found, diary, series, (low, high), bounds)
    return assemble(
        series,
        (low, high),
        codes=np.where(long_gaps(series), 2, codes).astype(np.int8),
        through_gaps=codes,
        shifts=[_step_in_points(step.shift, (low, high)) for step in steps],
        gradual=[
            _slow_in_points(slow, (low, high))
            for slow in find_gradual(found.baseline, found.spread, steps, diary)
        ],
        baseline=baseline,
        p_window=found.p_window,
        p_wave=found.p_wave,
        method=phrase("joint model"),
    ).model_copy(update={"taught_by": bounds.labels})


def _decided(
    found: Average,
    diary: Diary,
    series: Floats,
    scale: tuple[float, float],
    bounds: Bounds = USUAL_BOUNDS,
) -> tuple[NDArray[np.int8], Floats]:
    """One code for every element of the diary, and the baseline in points of the scale."""
    points = (scale[1] - scale[0]) / 10
    baseline = _level(found, scale)
    codes = decide(found.p_window, found.p_wave, diary.labels, bounds.spell_from)
    codes = without_faint(codes, series - baseline, bounds.faint * diary.unit * points)
    codes = with_room(codes, found.baseline, diary.grain)
    return np.where(diary.labels != 2, diary.labels, codes).astype(np.int8), baseline


def pace_of(series: Floats) -> int:
    """Days from one answer to the next: 1 for a daily diary, 7 for a weekly one."""
    apart = np.median(np.diff(np.flatnonzero(np.isfinite(series))))
    return round(float(apart)) if apart >= SPARSE_DAYS else 1


def _read_sparse(
    series: Floats, scale: tuple[float, float], own: NDArray[np.int8], pace: int
) -> WaveReading:
    """A diary of one answer a week or so: the same model from answer to answer.

    Days without an answer stay unknown. A label counts for the answer it stands at.
    """
    answered = np.flatnonzero(np.isfinite(series))
    apart = np.maximum(np.round(np.diff(answered) / pace).astype(int), 1)
    slot = np.append(0, np.cumsum(apart))
    kept = np.full(slot[-1] + 1, np.nan)
    kept[slot] = series[answered]
    labels = np.full(kept.size, 2, np.int8)
    labels[slot] = own[answered]
    diary = prepare(kept, scale, labels)
    found = average(diary, pace=float(pace), jumps=False)
    coded, level = _decided(found, diary, kept, scale)
    place = np.round(np.interp(np.arange(series.size), answered, slot)).astype(int)
    through = np.where(own != 2, own, coded[place]).astype(np.int8)
    codes = np.where(long_gaps(series), 2, through).astype(np.int8)
    shifts = find_shifts(series, SHORTEST_LEVEL, least=LEAST_SHIFT * (scale[1] - scale[0]))
    return assemble(
        series,
        scale,
        codes=codes,
        through_gaps=through,
        shifts=shifts,
        baseline=np.interp(np.arange(series.size), answered, level[slot]),
        p_window=found.p_window[place],
        p_wave=found.p_wave[place],
        method=phrase("joint model, an answer every {pace} days", pace=pace),
    )


def _step_in_points(step: LevelShift, scale: tuple[float, float]) -> LevelShift:
    points = (scale[1] - scale[0]) / 10
    before, after = (level * points + scale[0] for level in (step.before, step.after))
    return step.model_copy(update={"before": before, "after": after})


def _slow_in_points(slow: GradualChange, scale: tuple[float, float]) -> GradualChange:
    points = (scale[1] - scale[0]) / 10
    before, after = (level * points + scale[0] for level in (slow.before, slow.after))
    low, high = (end * points for end in slow.change_interval)
    return slow.model_copy(
        update={"before": before, "after": after, "change_interval": (low, high)}
    )


def taught_bounds(
    found: Average, diary: Diary, series: Floats, scale: tuple[float, float]
) -> Bounds:
    """The bounds under which a reading told none of a person's labels agrees with them most.

    `found` was learned with them: its days are read once more without. Every answer that speaks for
    other bounds than usual must be worth `LOYALTY` labels, so a few labels move little. Without
    enough labels the bounds are the usual ones.
    """
    said = (diary.labels != 2) & diary.answered
    if said.sum() < FEWEST_LABELS:
        return USUAL_BOUNDS
    untold = replace(diary, labels=np.full(series.size, 2, np.int8))
    fresh = read_again(found, untold)
    far = series - _level(fresh, scale)
    best, most = USUAL_BOUNDS, -np.inf
    for spell_from in SPELL_FROMS:
        decided = decide(fresh.p_window, fresh.p_wave, untold.labels, spell_from)
        for faint in FAINTS:
            codes = without_faint(decided, far, faint * diary.unit * (scale[1] - scale[0]) / 10)
            codes = with_room(codes, fresh.baseline, diary.grain)
            agreed = float(np.sum(codes[said] == diary.labels[said]))
            agreed -= LOYALTY * ((spell_from != SPELL_FROM) + (faint != FAINT))
            if agreed > most:
                best, most = Bounds(spell_from, faint, int(said.sum())), agreed
    return best


def _level(found: Average, scale: tuple[float, float]) -> Floats:
    """(days,) the baseline in points of the scale."""
    return np.clip(found.baseline * (scale[1] - scale[0]) / 10 + scale[0], *scale)


def decide(
    p_window: Floats,
    p_wave: Floats,
    own: NDArray[np.int8],
    spell_from: float = SPELL_FROM,
) -> NDArray[np.int8]:
    """One code a day from the chances: spells grow from their likeliest day, the clearest first.

    None is a single day long. The person's own labels stand before them, whatever the chances say.
    """
    codes = np.zeros(p_wave.size, np.int8)
    seen = np.zeros(p_wave.size, bool)
    sides = np.where(p_wave >= p_window, 1, -1)
    chance = np.maximum(p_wave, p_window)
    for best in np.argsort(-chance, kind="stable"):
        if chance[best] < spell_from:
            break
        if seen[best]:
            continue
        inside = (
            (sides == sides[best])
            & ~seen
            & (chance >= min(SURE + spell_from - SPELL_FROM, NEARLY * chance[best]))
        )
        start = best - int(np.argmin(np.append(inside[best::-1], False))) + 1
        end = best + int(np.argmin(np.append(inside[best:], False)))
        seen[start:end] = True
        if end - start >= SHORTEST:
            codes[start:end] = sides[best]
    return np.where(own != 2, own, codes).astype(np.int8)


def without_faint(codes: NDArray[np.int8], distance: Floats, least: float) -> NDArray[np.int8]:
    """The codes without runs whose answers lie less than `least` beyond the baseline on average."""
    kept = codes.copy()
    for code, start, end in runs_of(codes):
        run = distance[start : end + 1]
        run = run[np.isfinite(run)]
        if code in (-1, 1) and run.size and code * run.mean() < least:
            kept[start : end + 1] = 0
    return kept


def with_room(codes: NDArray[np.int8], level: Floats, grain: float) -> NDArray[np.int8]:
    """The codes without runs towards an end of the scale that the usual `level` (days,), on 0–10,
    lies too near: windows at the floor, waves at the ceiling.
    """
    kept = codes.copy()
    for code, start, end in runs_of(codes):
        usual = float(np.clip(level[start : end + 1], 0, 10).mean())
        room = usual if code == -1 else 10 - usual
        if code in (-1, 1) and room < ROOM * grain:
            kept[start : end + 1] = 0
    return kept


def assemble(
    series: Floats,
    scale: tuple[float, float],
    *,
    codes: NDArray[np.int8],
    baseline: Floats,
    p_window: Floats,
    p_wave: Floats,
    method: str,
    through_gaps: NDArray[np.int8] | None = None,
    shifts: Sequence[LevelShift] = (),
    gradual: Sequence[GradualChange] = (),
) -> WaveReading:
    """The frozen reading for coded days (-1, 0, +1, 2) and their posteriors.

    `through_gaps` are the codes with unanswered days filled as the posterior has it: a spell that
    goes on after a gap is one spell, though the days of the gap stay unknown.
    """
    known = codes != 2
    columns = (
        _or_none(series, np.isfinite(series)),
        codes.tolist(),
        _or_none(p_window, known),
        _or_none(p_wave, known),
        _or_none(baseline, known & np.isfinite(baseline)),
    )
    days = tuple(
        DayReading(
            severity=severity, state=STATES[code], p_window=window, p_wave=wave, baseline=level
        )
        for severity, code, window, wave, level in zip(*columns, strict=True)
    )
    return WaveReading(
        scale=scale,
        days=days,
        spells=find_spells(
            codes if through_gaps is None else through_gaps, series - baseline, p_window, p_wave
        ),
        level_shifts=tuple(shifts),
        gradual_changes=tuple(gradual),
        answered=int(np.isfinite(series).sum()),
        method=method,
    )


def _or_none(values: Floats, told: NDArray[np.bool_]) -> list[float | None]:
    """Plain numbers, None where nothing is `told`."""
    return [
        value if tell else None for value, tell in zip(values.tolist(), told.tolist(), strict=True)
    ]


def _unknown(
    series: Floats, scale: tuple[float, float], method: str = "too few days"
) -> WaveReading:
    nothing = np.full(series.size, np.nan)
    codes = np.full(series.size, 2, np.int8)
    return assemble(
        series,
        scale,
        codes=codes,
        baseline=nothing,
        p_window=nothing,
        p_wave=nothing,
        method=method,
    )


def _constant(series: Floats, scale: tuple[float, float], own: NDArray[np.int8]) -> WaveReading:
    """The same answer every day: that answer is the usual."""
    codes = np.where(own != 2, own, 0).astype(np.int8)
    codes[long_gaps(series)] = 2
    return assemble(
        series,
        scale,
        codes=codes,
        baseline=np.full(series.size, float(np.nanmax(series))),
        p_window=np.zeros(series.size),
        p_wave=np.zeros(series.size),
        method="constant",
    )


def long_gaps(series: Floats) -> NDArray[np.bool_]:
    """Days inside an unanswered run of three or more."""
    return gap_lengths(np.isfinite(series)) >= LONG_GAP
