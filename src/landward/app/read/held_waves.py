"""Windows and waves of a diary: kept while they are true, made before they are asked for."""

import datetime as dt

from landward.app.budget.worker import Broke
from landward.app.diary.open_diary import ANSWERS, DOSES, LABELS
from landward.app.diary.readable import Readable
from landward.app.read.medicines import medicines_of
from landward.app.read.waves import WavesAsked, answer, read_waves
from landward.model.base import BadInput
from landward.model.readings import DiaryWaves
from landward.model.waves import WaveReading

READ_FROM = ANSWERS | DOSES | LABELS
"""The kinds of entries that windows and waves are read from."""


def read_ahead(diary: Readable) -> None:
    """Make what takes longest before Journey is opened, for who has it switched on."""
    if diary.me.settings.spells == "on" and not diary.is_empty:
        waves_of(diary)


def waves_of(open_diary: Readable) -> DiaryWaves | None:
    """Windows and waves of the whole diary; None for too few answers."""
    try:
        return open_diary.keep("waves", lambda: _read(open_diary), READ_FROM)
    except BadInput:
        return None


def item_waves(open_diary: Readable, item: str) -> DiaryWaves | None:
    """The reading of one item, for a lane that was asked for; None for too few answers."""
    try:
        return open_diary.keep(("waves of", item), lambda: _read(open_diary, item), READ_FROM)
    except BadInput:
        return None


def waves_until(open_diary: Readable, last: dt.date) -> DiaryWaves | None:
    """The reading of everything up to a day: the whole one where the answers end on that day."""
    diary = open_diary.diary
    if diary.days and max(diary.days) == last:
        whole = waves_of(open_diary)
        if whole is None or whole.last_day == last:
            return whole
    try:
        return open_diary.keep(("waves", last), lambda: _read(open_diary, None, last), READ_FROM)
    except BadInput:
        return None


def _read(diary: Readable, item: str | None = None, last: dt.date | None = None) -> DiaryWaves:
    """Computed in the process beside this one, where there is one."""
    worker = diary.worker

    def ask(asked: WavesAsked) -> WaveReading:
        if worker is None:
            return answer(asked)
        try:
            return worker.ask(answer, asked, WaveReading)
        except Broke:
            return answer(asked)  # the same arithmetic, only slower for whoever else asks

    return read_waves(diary.diary, item, last_day=last, medicines=medicines_of(diary), compute=ask)
