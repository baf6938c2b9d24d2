"""The one-page report: a diary and its reading in, a typed page out, then a PDF.

Blocks stand in a fixed order and each is left out where the diary holds nothing for it; the page
then says what was not recorded. Nothing on it diagnoses, scores, predicts or names a cause.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from landward.model.base import BadInput
from landward.model.bodies import Body, PlanAdopted, PlanStep, Prescription, Profile, Shared
from landward.model.diary import Diary
from landward.model.drugs import Equivalence
from landward.model.entries import Entry
from landward.model.knowledge import NumbnessQuestion
from landward.model.said import phrase
from landward.model.series import DaySeries
from landward.model.waves import WaveReading
from landward.report.appendices.all_parts import leaves
from landward.report.appendices.part import Part
from landward.report.blocks.all_blocks import BLOCKS
from landward.report.blocks.asking import has_medicine
from landward.report.blocks.completeness import completeness
from landward.report.blocks.doses import stop_lines
from landward.report.blocks.scope import Scope
from landward.report.blocks.takes import DOSES
from landward.report.context import Person, ReportContext
from landward.report.words import date_words, shortened

WEEKS = 12


def build_report(
    diary: Diary,
    reading: WaveReading | None,
    *,
    main: DaySeries,
    first_day: date | None = None,
    last_day: date | None = None,
    reader: str = "",
    request: str | None = None,
    names: Mapping[str, str] | None = None,
    origins: Mapping[str, str] | None = None,
    share_suicidal_thoughts: bool = False,
    appendices: Collection[Part] = (),
    watched: Sequence[str] = (),
    own_words: bool = True,
    spells_shown: bool = False,
    hidden: Collection[str] = (),
    feelings_away: Collection[str] = (),
    equivalents: Sequence[tuple[Equivalence, str]] = (),
    numbness_questions: Sequence[tuple[NumbnessQuestion, str]] = (),
    blank: bool = False,
) -> ReportContext:
    """The page for one diary.

    `main` is the series of the chart over the whole diary (the daily 0 to 10, or whatever an
    imported diary has in its place), `reading` its windows and waves, or None. The period ends at
    the last entry unless told, and starts twelve weeks before, or with the diary. `names` gives
    items their words, `origins` a symptom's origin where it was read; `watched` symptoms come
    first. `own_words` allows what the person wrote freely, `spells_shown` the program's windows
    and waves. `appendices` are the pages behind the first; nothing of the page tells what the
    `hidden` blocks tell, which `leave_out` takes off it; `feelings_away` are single feelings.
    `blank` allows a page about a diary without an entry, for `last_day`. Raises BadInput for an
    empty diary, a period without any entry, or one that ends before it starts.
    """
    if blank and last_day is not None and not any(_kept_days(diary.lines)):
        first = last = last_day
    else:
        first, last = _period(diary, first_day, last_day)
    scope = Scope(
        diary=diary,
        first_day=first,
        last_day=last,
        main=main,
        names={key: shortened(name, 40, word=20) for key, name in (names or {}).items()},
        origins=dict(origins or {}),
        reading=reading,
        request=request,
        share_suicidal_thoughts=share_suicidal_thoughts,
        watched=tuple(watched),
        own_words=own_words,
        spells_shown=spells_shown,
        hidden=frozenset(hidden),
        feelings_away=frozenset(feelings_away),
        equivalents=tuple(equivalents),
        numbness_questions=tuple(numbness_questions),
    )
    contents = {name: block.build(scope) for name, block in BLOCKS.items()}
    why = {name: block.why_empty(scope, contents[name]) for name, block in BLOCKS.items()}
    fields = _profile(diary)
    return ReportContext(
        title=phrase("Taper and symptom page") if contents[DOSES.name] else phrase("Symptom page"),
        person=Person(
            name=shortened(fields.get("name", ""), 48), born=_born(fields.get("born", ""))
        ),
        reader=shortened(reader, 60),
        first_day=scope.first_day,
        last_day=scope.last_day,
        completeness=completeness(scope),
        stops=stop_lines(scope),
        contents=contents,
        empty={name: words for name, words in why.items() if words},
        medicine=has_medicine(scope),
        appendix=leaves(scope, appendices),
    )


def _period(diary: Diary, first_day: date | None, last_day: date | None) -> tuple[date, date]:
    """The days the page is about: up to the last entry, twelve weeks back, unless told.

    Never before the first entry: days before a diary began are no days without an answer.
    """
    earliest, latest = kept_span(diary)
    last = last_day or latest
    first = first_day or last - timedelta(days=7 * WEEKS - 1)
    if first <= last:
        first = max(first, min(_first_lived(diary, earliest), last))
    if first > last:
        raise BadInput(
            phrase(
                "the report cannot run from {first} back to {last}",
                first=date_words(first),
                last=date_words(last),
            )
        )
    if not any(first <= day <= last for day in _kept_days(reversed(diary.lines))):
        raise BadInput(
            phrase(
                "the diary has no entries from {first} to {last}; it runs from {earliest} to "
                "{latest}",
                first=date_words(first),
                last=date_words(last),
                earliest=date_words(earliest),
                latest=date_words(latest),
            )
        )
    return first, last


def kept_span(diary: Diary) -> tuple[date, date]:
    """The first and the last day with an entry about the person's days. Raises BadInput if none.

    Who they are, which plan was adopted and what was shared when do not make a page longer.
    """
    first = next(_kept_days(diary.lines), None)
    last = next(_kept_days(reversed(diary.lines)), None)
    if first is None or last is None:
        raise BadInput(phrase("the diary is empty: log a day first, then make the report"))
    return first, last


def _kept_days(lines: Iterable[tuple[Entry, Body]]) -> Iterator[date]:
    about = Profile | Shared | PlanAdopted | PlanStep
    return (e.date for e, b in lines if not isinstance(b, about))


def _first_lived(diary: Diary, earliest: date) -> date:
    """The first day of which something is written; a label copied before it begins no diary."""
    about = Profile | Shared | PlanAdopted | PlanStep | Prescription
    return next((e.date for e, b in diary.lines if not isinstance(b, about)), earliest)


def _profile(diary: Diary) -> dict[str, str]:
    """The latest word on each field the person stated about themselves."""
    fields: dict[str, str] = {}
    for _, body in diary.of(Profile):
        fields.update(body.fields)
    return fields


def _born(said: str) -> str:
    """A date of birth as dates are written; anything else as the person wrote it."""
    try:
        return date_words(date.fromisoformat(said))
    except ValueError:
        return shortened(said, 24)
