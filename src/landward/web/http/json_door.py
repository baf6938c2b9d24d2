"""The JSON door: the same tasks as the pages, for programs on this machine that were let in."""

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import Field, ValidationError

from landward.app.diary.usual_dose import large_dose
from landward.app.library.known_words import drug_meant
from landward.app.read.doses import looks_double, parse_mg, written_on
from landward.app.write.day import save_day
from landward.app.write.day_words import DayWords
from landward.model.base import BadInput, Frozen, LandwardError
from landward.model.bodies import DoseTaken
from landward.model.body_fields import ItemId, Short, Text
from landward.model.entries import Entry
from landward.model.errors import Locked
from landward.model.item_ids import item_asked, names_something, says_itself
from landward.model.questions import words_chosen
from landward.model.said import phrase
from landward.web.http.request_context import RequestContext, clean
from landward.web.http.routing import Pages

Once = Annotated[str, Field(pattern=r"^[A-Za-z0-9_\-]{8,64}$")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Answer = Annotated[float, Field(ge=0, le=24)]


class DayIn(Frozen):
    """A check-in. `once` is the sender's own name for it: sent twice, it is kept once."""

    once: Once
    day: dt.date | None = None
    answers: Annotated[dict[Name, Answer], Field(max_length=100, default_factory=dict)]
    """By the id of an item or what it is called: `{"day": 6, "Ear pressure": 2}`."""
    choices: Annotated[dict[ItemId, Short], Field(max_length=20, default_factory=dict)]
    """Answers that are words, by the id of their question: `{"hardest_part": "evening"}`."""
    no_occasion: Annotated[tuple[Name, ...], Field(max_length=100)] = ()
    too_much: Annotated[tuple[Name, ...], Field(max_length=100)] = ()
    mode: Literal["answered", "unwell", "resting"] = "answered"
    note: Text = ""
    tags: Annotated[tuple[Short, ...], Field(max_length=12)] = ()
    sleep_hours: Annotated[float, Field(ge=0, le=24)] | None = None
    dose: Literal["", "as_planned", "not_taken"] = ""


class DoseIn(Frozen):
    """One dose. `second` says that a dose which looks like one already written is another one."""

    once: Once
    drug: Annotated[str, Field(min_length=1, max_length=200)]
    dose_mg: Annotated[str, Field(min_length=1, max_length=120)]
    """An amount as it may be written anywhere: “2.5”, “0,5 mg”, “½ tablet of 5 mg”."""

    day: dt.date | None = None
    at: dt.datetime | None = None
    as_needed: bool = False
    second: bool = False
    sure: bool = False
    """The amount is meant, however far above what is planned or prescribed."""


class SavedOut(Frozen):
    """What was saved: ids of its entries, its day, whether it waits sealed for the passphrase."""

    saved: tuple[str, ...]
    day: dt.date
    sealed: bool
    remark: str = ""
    """What to look at: a medicine whose name our tables do not know."""


class StatusOut(Frozen):
    """What may be known without unlocking."""

    exists: bool
    unlocked: bool
    today: dt.date


class Trouble(Frozen):
    """What was wrong, where, what to do."""

    detail: str


REFUSALS: dict[int | str, dict[str, object]] = {
    401: {"model": Trouble},
    409: {"model": Trouble},
    422: {"model": Trouble},
    413: {"description": phrase("More than a diary line can hold")},
    503: {"model": Trouble},
}


class Refused(Exception):
    """An answer other than what was asked for."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


async def refused(_: Request, error: Exception) -> JSONResponse:
    """A refusal as JSON."""
    assert isinstance(error, Refused)
    return JSONResponse({"detail": str(error)}, error.status)


async def not_understood(_: Request, error: Exception) -> JSONResponse:
    """A body of the wrong shape: which field and why, without handing what was sent back."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return JSONResponse({"detail": f"{where}: {first['msg']}"}, 422)


def router(pages: Pages) -> APIRouter:
    """The JSON routes over the same sessions and rooms as the pages."""
    api = APIRouter(prefix="/api", tags=["diary"])

    async def let_in(request: Request) -> RequestContext:
        context = await pages.context(request, read_form=False)
        if context is None or context.session is None or context.room is None:
            raise Refused(
                401, phrase("open the launch address first; it was printed when the app started")
            )
        return context

    Let = Annotated[RequestContext, Depends(let_in)]  # noqa: N806 - a type

    async def work(task: Callable[[], SavedOut]) -> SavedOut:
        def careful() -> SavedOut | Refused:
            try:
                return task()
            except (BadInput, ValidationError) as error:
                return Refused(422, str(error))
            except Locked:
                return Refused(409, phrase("the diary was locked meanwhile: send it again"))
            except Refused as error:
                return error
            except LandwardError as error:
                return Refused(503, str(error))

        found = await pages.app_state.work(careful)
        if isinstance(found, Refused):
            raise found
        return found

    @api.get("/status", responses=REFUSALS)
    async def status(context: Let) -> StatusOut:
        """Whether there is a diary, whether this session may read it, and which day it is."""
        return StatusOut(
            exists=context.diary_session.exists,
            unlocked=context.diary is not None,
            today=context.today,
        )

    @api.post("/check-in", responses=REFUSALS)
    async def check_in(context: Let, said: DayIn) -> SavedOut:
        """Save a check-in, sealed if the diary is locked. It is on disk when this answers."""
        return await work(lambda: _save_day(context, said))

    @api.post("/dose", responses=REFUSALS)
    async def dose(context: Let, said: DoseIn) -> SavedOut:
        """Save one dose. 409 where one like it is there already and `second` was not said."""
        return await work(lambda: _save_dose(context, said))

    return api


def _save_day(context: RequestContext, said: DayIn) -> SavedOut:
    _refuse_without_diary(context)
    day = context.day(said.day.isoformat() if said.day else "")
    named = _items(said)
    answers = {named[name]: value for name, value in said.answers.items()}
    words = DayWords(
        asked=tuple(answers),
        answers=answers,
        choices=words_chosen(said.choices),
        words={item: name for name, item in named.items() if not says_itself(item, name)},
        no_occasion=tuple(named[name] for name in said.no_occasion),
        too_much=tuple(named[name] for name in said.too_much),
        mode=said.mode,
        note=clean(said.note, 20_000, "note"),
        tags=tuple(tag for text in said.tags if (tag := clean(text, 60, "tag"))),
        sleep_hours=said.sleep_hours,
        dose=said.dose,
    )
    saved = save_day(
        context.writer,
        day,
        words,
        context.planned(day),
        said.once,
        context.moment,
        today=context.today,
    )
    context.after_saving(day, saved)
    return _saved(context, day, saved)


def _items(said: DayIn) -> dict[str, str]:
    """Item by the name it was sent under. Raises BadInput for one that names nothing, and where
    two names are about the same thing.
    """
    named: dict[str, str] = {}
    for name in (*said.answers, *said.no_occasion, *said.too_much):
        if not names_something(clean(name, 200, "name")):
            raise BadInput(
                phrase("“{name}” names nothing: send an id, or what it is called", name=name[:40])
            )
        named[name] = item_asked(clean(name, 200, "name"))
    if len(set(named.values())) < len(named):
        twice = next(i for i in named.values() if list(named.values()).count(i) > 1)
        raise BadInput(
            phrase("two of these names are about the same thing, “{twice}”; say one", twice=twice)
        )
    return named


def _save_dose(context: RequestContext, said: DoseIn) -> SavedOut:
    _refuse_without_diary(context)
    day = context.day(said.day.isoformat() if said.day else "")
    at = said.at
    if at is not None and at.tzinfo is None:
        raise BadInput(phrase("a time needs its offset, such as 2026-03-01T21:30:00+01:00"))
    # The day turns in the night, and a phone may be in another zone: a day either way fits.
    if at is not None and abs(at.date() - day) > dt.timedelta(days=1):
        raise BadInput(phrase("the time and the day of a dose do not fit together"))
    if at is not None and at > context.moment.at + dt.timedelta(minutes=5):
        raise BadInput(phrase("that time lies ahead; write a dose down after taking it"))
    drug = clean(said.drug, 200, "drug")
    if not drug:
        raise BadInput(phrase("name the medicine"))
    amount = parse_mg(said.dose_mg)
    if amount == 0:
        raise BadInput(phrase("0 mg is no dose"))
    meant = drug_meant(drug)
    body = DoseTaken(drug=meant.drug, own_word=meant.own_word, dose_mg=amount, at=at,
                     as_needed=said.as_needed)  # fmt: skip
    if context.diary is not None and not said.second:
        old = looks_double(body, written_on(context.diary, day))
        if old is not None and context.writer.pages.of(said.once).get("dose") != old.entry_id:
            raise Refused(
                409, phrase("a dose like this is written already; say `second` if it is another")
            )
    me = context.diary.me if context.diary else None
    if not said.sure and (large := large_dose(body, day, me, context.outside)) is not None:
        raise Refused(409, phrase("{question}; say `sure` if it is right", question=large.question))
    saved = _saved(context, day, context.save(day, [("dose", body)], said.once))
    return saved.model_copy(update={"remark": meant.remark})


def _refuse_without_diary(context: RequestContext) -> None:
    if not context.diary_session.exists:
        raise BadInput(phrase("there is no diary yet: start one first"))
    if context.diary is not None:
        context.diary_session.touch()
        context.diary.refresh()


def _saved(context: RequestContext, day: dt.date, saved: tuple[Entry, ...]) -> SavedOut:
    return SavedOut(saved=tuple(e.id for e in saved), day=day, sealed=context.diary is None)
