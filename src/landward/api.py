"""What `import landward` offers a program: diaries in, readings, plans, facts and papers out.

Everything here is one of the app's own tasks under its own name. Nothing asks a question, opens a
window or writes a file; what depends on today is told the day.
"""

import datetime as dt
from collections.abc import Mapping
from functools import singledispatch
from os import PathLike
from pathlib import Path
from typing import Any, Literal

from landward.app.diary.warm_up import get_ready
from landward.app.diary.whole import whole_diary
from landward.app.library.facts import cite_fact, find_facts, show_drug
from landward.app.library.tables import Catalog, load_catalog
from landward.app.read.course import read_course
from landward.app.read.feelings import read_feelings
from landward.app.read.helped import read_helped
from landward.app.read.lag import read_lag
from landward.app.read.waves import read_waves
from landward.app.share.examples import examples_folder
from landward.model.base import BadInput
from landward.model.course import Course, LevelReading
from landward.model.diary import Diary
from landward.model.medicines import MedicineRecord, medicine_record
from landward.model.moment import Moment
from landward.model.panel import day_panel
from landward.model.readings import DiaryCourse, DiaryFeelings, DiaryHelped, DiaryLag, DiaryWaves
from landward.model.stories import StoryReading
from landward.model.taper import TaperPlan

__all__ = [
    "BadInput",
    "Catalog",
    "Diary",
    "MedicineRecord",
    "TaperPlan",
    "as_json",
    "cite_fact",
    "day_panel",
    "examples_folder",
    "find_facts",
    "get_ready",
    "in_words",
    "load_catalog",
    "make_report",
    "open_diary",
    "plan_taper",
    "read_course",
    "read_csv",
    "read_doses",
    "read_export",
    "read_feelings",
    "read_helped",
    "read_lag",
    "read_story",
    "read_waves",
    "run_lab",
    "show_drug",
    "show_level",
]

PathName = str | PathLike[str]


# ── diaries ────────────────────────────────────────────────────────────────────────────────────


def read_csv(path: PathName, rules: PathName, *, today: dt.date | None = None) -> Diary:
    """The diary in a CSV file. `rules` is the map that says what its columns mean (a TOML file;
    two that work lie in `examples_folder() / "maps"`). A day after `today` is refused, where the
    day is told.

    Raises BadInput where a line cannot be used, with its number: a file is read whole or not.
    """
    from landward.app.transfer.foreign import read_foreign_csv
    from landward.app.transfer.import_diary import entries_of, refuse_if_wrong
    from landward.exchange.importer import Circumstances

    # The map says the zone of its days; which day it is, only the caller knows.
    around = Circumstances(zone="UTC", today=today) if today else None
    reading = read_foreign_csv(Path(path), Path(rules), around)
    refuse_if_wrong(reading)
    days = [proposal.date for proposal in reading.proposals]
    # Nothing is written down, so no clock is read: the entries are dated when their last day ended.
    ended = dt.datetime.combine(max(days, default=dt.date.min), dt.time(23, 59), dt.UTC)
    return whole_diary(entries_of(reading, (), "file", Moment(at=ended, zone=reading.zone)))


def read_export(path: PathName, *, today: dt.date | None = None) -> Diary:
    """The diary in the `entries.jsonl` that `landward export` writes; nothing in it is lost. What
    is about a day after `today` waits in `.ahead`, where the day is told.
    """
    from landward.app.transfer.foreign import read_foreign_export

    return whole_diary(read_foreign_export(Path(path)), today)


def open_diary(vault: PathName, passphrase: str, *, now: dt.datetime) -> Diary:
    """The diary in an encrypted vault, which is locked again at once. `now` carries its zone; what
    is about a later day waits in `.ahead`.

    Raises BadInput where there is no vault, WrongKey where the passphrase opens none.
    """
    from landward.app.keep.vault import Vault

    with Vault.open(Path(vault), passphrase, now=now) as opened:
        return whole_diary(opened.entries(), now.date())


# ── readings ───────────────────────────────────────────────────────────────────────────────────


def read_doses(diary: Diary) -> MedicineRecord:
    """What was prescribed, planned and taken, drug by drug; `.medicines["diazepam"].on(day)`."""
    return medicine_record(diary.lines)


def read_story(text: str) -> StoryReading:
    """What a story names, of whom, when: symptoms and medicines, with their places in the text."""
    from landward.app.stories.read_story import read_story as read

    return read(text)


@singledispatch
def as_json(reading: object) -> dict[str, Any]:
    """A reading or a plan as plain dicts and lists, in the shape of the commands' `--json`.

    The schemas stand in `docs/reference/schemas`. Raises TypeError for what has no such shape.
    """
    raise TypeError(f"{type(reading).__name__} has no JSON of its own; try model_dump(mode='json')")


@as_json.register
def _(reading: DiaryWaves) -> dict[str, Any]:
    from landward.report.as_json.waves import as_json as waves

    return waves(reading)


@as_json.register
def _(reading: DiaryLag) -> dict[str, Any]:
    from landward.report.as_json.lag import as_json as lag

    return lag(reading)


@as_json.register
def _(reading: DiaryFeelings) -> dict[str, Any]:
    from landward.report.as_json.feelings import as_json as feelings

    return feelings(reading)


@as_json.register
def _(reading: DiaryCourse) -> dict[str, Any]:
    from landward.report.as_json.course import as_json as course

    return course(reading)


@as_json.register
def _(reading: DiaryHelped) -> dict[str, Any]:
    from landward.report.as_json.helped import as_json as helped

    return helped(reading)


@as_json.register
def _(reading: LevelReading) -> dict[str, Any]:
    from landward.report.as_json.level import as_json as level

    return level(reading)


@as_json.register
def _(reading: Course) -> dict[str, Any]:
    from landward.report.as_json.lab import as_json as lab

    return lab(reading)


@as_json.register
def _(reading: TaperPlan) -> dict[str, Any]:
    from landward.report.as_json.plan import plan_as_json

    return plan_as_json(reading)


def in_words(
    reading: DiaryWaves | DiaryLag | DiaryFeelings | DiaryCourse | DiaryHelped,
) -> str:
    """What a reading says in one or two plain sentences, as page and terminal say it."""
    return str(as_json(reading)["sentence"])


# ── plans, levels and papers ───────────────────────────────────────────────────────────────────


def plan_taper(
    *,
    drug: str,
    dose: str,
    method: str,
    products: str,
    start: dt.date,
    rate: str = "",
    every: str = "14d",
    answers: Mapping[str, str] | None = None,
    country: str | None = None,
    **more: str,
) -> TaperPlan:
    """A taper plan, always a DRAFT for a prescriber; words as on the command line (“20 mg”, “14d”).

    `more` takes what else `landward plan --help` lists: times, split, cut_from, to, finish,
    original, half_dose, cuts, pause. `answers` are the safety questions (“seizures”: “no”). Raises
    BadInput for what cannot be used; a plan that is withheld says why in `refused`.
    """
    from pydantic import ValidationError

    from landward.app.plan.request import PlanForm
    from landward.app.plan.taper import plan_taper as plan
    from landward.app.plan.taper import read_answers

    catalog = load_catalog()
    try:
        form = PlanForm.model_validate(
            {"drug": drug, "dose": dose, "method": method, "products": products, "rate": rate,
             "every": every, "start": start, **more}
        )  # fmt: skip
    except ValidationError as error:
        first = error.errors()[0]
        raise BadInput(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    told = read_answers(catalog, answers or {})
    found = plan(catalog, form, told, start, require_answers=False, country=country)
    return found.plan


def show_level(drug: str, dose: str) -> LevelReading:
    """A drug in the blood of fictional adults over time, after doses like “10 mg nightly x 28”."""
    from landward.app.library.level import show_level as level

    return level(drug, dose)


def run_lab(scenario: str, *, people: int = 200, seed: int | None = None) -> Course:
    """A scenario over fictional people; the same seed gives the same numbers."""
    from landward.app.library.lab import SEED
    from landward.app.library.lab import run_lab as run

    return run(scenario, people=people, seed=SEED if seed is None else seed)


def make_report(
    diary: Diary,
    *,
    today: dt.date,
    first_day: dt.date | None = None,
    last_day: dt.date | None = None,
    item: str | None = None,
    paper: Literal["a4", "letter"] = "a4",
) -> bytes:
    """The page for a prescriber as PDF, dated `today`; by default over the whole diary."""
    from landward.app.share.report import make_report as make
    from landward.app.share.report import report_context

    context = report_context(diary, item=item, first_day=first_day, last_day=last_day)
    return make(context, today=today, paper=paper)
