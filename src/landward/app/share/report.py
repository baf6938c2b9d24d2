"""Make the page for a prescriber: read the diary, build the page, set it in type."""

import datetime as dt
from collections.abc import Collection
from typing import Literal

from landward.app.diary.settings import Settings
from landward.app.read.main_series import main_series, unread_series
from landward.app.read.names import words_for
from landward.app.read.symptom_origins import origin_words, symptom_origins
from landward.app.read.waves import read_waves
from landward.app.share.seen_by import OFFERED, days_shown, seen_by
from landward.app.write.entry import new_entry
from landward.catalog import load_catalog
from landward.model.base import BadInput
from landward.model.bodies import Profile, Shared
from landward.model.diary import Diary
from landward.model.drugs import Equivalence
from landward.model.entries import Entry
from landward.model.facts import Source
from landward.model.knowledge import NumbnessQuestion
from landward.model.medicines import medicine_record
from landward.model.moment import Moment
from landward.model.readers import Reader, hidden_parts, kept_reader
from landward.model.readings import DiaryWaves
from landward.model.said import ENGLISH, Catalogue, joined, phrase
from landward.report.appendices.all_parts import PARTS, allowed_parts
from landward.report.appendices.numbing import NUMBING
from landward.report.appendices.sources import SOURCES
from landward.report.blocks.all_blocks import parted
from landward.report.blocks.before_after import CHANGES, ChangeRow
from landward.report.blocks.scope import Scope
from landward.report.context import ReportContext, away, leave_out
from landward.report.page import build_report, kept_span
from landward.report.report_pdf import report_pdf
from landward.vault import Vault

OURS = "LANDWARD"
"""The source of what is our own: a question needs no citation to be asked."""


def make_report(
    context: ReportContext,
    *,
    today: dt.date,
    paper: Literal["a4", "letter"] = "a4",
    catalogue: Catalogue = ENGLISH,
) -> bytes:
    """The page as PDF, dated `today`, in a language. `report_context` says what is on it."""
    return report_pdf(context, today=today, paper=paper, catalogue=catalogue)


def report_context(
    diary: Diary,
    *,
    item: str | None = None,
    first_day: dt.date | None = None,
    last_day: dt.date | None = None,
    reader: str = "",
    request: str | None = None,
    share_suicidal_thoughts: bool = False,
    without: Collection[str] = (),
    appendices: Collection[str] = (),
    with_spells: bool = False,
    own_words: bool = True,
    blank: bool = False,
    waves: DiaryWaves | None = None,
) -> ReportContext:
    """Everything the page says, before it is set in type.

    Nothing after `last_day` is read, so a page for an earlier day says what it would have said
    then. `item` chooses the charted answers; without it the day as a whole. Blocks named in
    `without` are left out, and single feelings (feelings:love); the page says so. Page one holds
    no reading of the program unless `with_spells` asks for windows and waves; the pages behind it
    have them, each chosen in `appendices` by its name. `own_words` allows what the person wrote
    freely. A kept `reader` sees no more than was kept for them. `waves` is the
    reading up to `last_day` where it was made already. `blank` allows a page about a diary without
    an entry. Raises
    BadInput for an empty diary or an item that was never answered.
    """
    allowed = for_reader(diary, reader, last_day)
    if allowed is not None:
        # What is asked for is narrowed to what they may see; nothing here widens it.
        diary, waves = seen_by(diary, allowed, parts=False), None
        last_day = allowed.until
        first_day = max((day for day in (first_day, allowed.since) if day), default=None)
        hidden = hidden_parts(allowed, OFFERED)
        without = {*without, *(name for name in hidden if name not in PARTS)}
        appendices = [name for name in appendices if name not in hidden]
        own_words = own_words and allowed.own_words
        request = request if own_words else ""
    last = last_day or kept_span(diary)[1]
    without, single = parted(without)
    gone = frozenset(block.name for block in away(without))
    parts = allowed_parts(appendices, gone, own_words=own_words)
    read = with_spells or any(part.reads for part in parts)
    waves = (waves or _waves(diary, item, first_day, last)) if read else None
    main = (
        main_series(diary, waves)
        if waves
        else unread_series(diary, last, item=item, first=first_day)
    )
    whole = build_report(
        diary,
        waves.reading if waves else None,
        main=main,
        names=words_for(diary),
        origins=origin_words(symptom_origins(diary, last)),
        first_day=first_day,
        last_day=last,
        reader=reader,
        request=request,
        share_suicidal_thoughts=share_suicidal_thoughts,
        appendices=parts,
        watched=_watched(diary),
        own_words=own_words,
        spells_shown=with_spells,
        hidden=gone,
        feelings_away=single,
        equivalents=_equivalents(diary) if SOURCES in parts else (),
        numbness_questions=_numbness_questions() if NUMBING in parts else (),
        blank=blank,
    )
    page = leave_out(whole, without).model_copy(update={"feelings_away": tuple(sorted(single))})
    if allowed is None or allowed.since is None:
        return page
    return page.model_copy(update={"limits": days_shown(allowed.since)})


def _equivalents(diary: Diary) -> list[tuple[Equivalence, str]]:
    """What every table says of the drugs of a diary, each with its source."""
    catalog = load_catalog()
    drugs = medicine_record(diary.lines).drugs
    return [
        (row, str(catalog.sources[row.source[0]]) if row.source else row.table)
        for drug in drugs
        for row in catalog.equivalences(drug)
    ]


def _numbness_questions() -> list[tuple[NumbnessQuestion, str]]:
    """What may be asked to tell apart what can numb, each with what it rests on, as printed."""
    catalog = load_catalog()
    return [
        (
            one,
            joined("; ", (_printed(catalog.sources[key]) for key in one.source if key != OURS))
            or phrase("our own question"),
        )
        for one in catalog.numbness_questions
    ]


def _printed(source: Source) -> str:
    """Who and what, without where it stands in the net: the library has that."""
    return joined(": ", (part for part in (source.author, source.title) if part))


def for_reader(diary: Diary, name: str, last: dt.date | None) -> Reader | None:
    """A kept reader of this name, their days made definite: a page for them shows no more.

    Raises BadInput where none of the diary's days may be seen by them.
    """
    reader = kept_reader(diary.lines, name) if name.strip() else None
    if reader is None:
        return None
    end = last or kept_span(diary)[1]
    if reader.until is not None:
        end = min(end, reader.until)
    starts = [day for day in (reader.since, reader.days and _back(end, reader.days)) if day]
    since = max(starts, default=None)
    if since is not None and since > end:
        raise BadInput(
            phrase("{name} may see no day of this time; change what they may see", name=reader.name)
        )
    return reader.model_copy(update={"since": since, "until": end})


def _back(end: dt.date, days: int) -> dt.date:
    return end - dt.timedelta(days=days - 1)


def _watched(diary: Diary) -> tuple[str, ...]:
    """The symptoms the person watches, as their settings last said."""
    fields: dict[str, str] = {}
    for _, body in diary.of(Profile):
        fields.update(body.fields)
    return tuple(Settings(fields).pins)


def changes_told(diary: Diary) -> tuple[ChangeRow, ...]:
    """The block of dose changes alone, over the whole diary. Raises BadInput for an empty one."""
    first, last = kept_span(diary)
    main = unread_series(diary, last)
    return CHANGES.build(Scope(diary=diary, first_day=first, last_day=last, main=main))


def _waves(
    diary: Diary, item: str | None, first: dt.date | None, last: dt.date
) -> DiaryWaves | None:
    """The reading over the whole diary, or over the period where only that is on one scale.

    None where nothing was ever answered: a page about doses alone is a page too.
    """
    if item is None and not any(day.answers for day in diary.days.values()):
        return None
    try:
        return read_waves(diary, item, None, last)
    except BadInput:
        if first is None:
            raise
        return read_waves(diary, item, first, last)


def note_shared(vault: Vault, what: str, reader: str, moment: Moment) -> None:
    """Write down in the diary what was made for whom."""
    vault.append([shared_entry(vault, what, reader, moment)])


def shared_entry(vault: Vault, what: str, reader: str, moment: Moment) -> Entry:
    """The entry that says what was made for whom."""
    return new_entry(vault, Shared(what=what, reader=reader), moment.today(), moment)
