"""Bring in a file: choose it, see what it is and what it would bring, then write it or leave it.

The file stays on this machine, in a folder only its owner may look into, and is deleted when it was
brought in, when another is chosen, and when the diary is locked. Nothing is written before the
last button.
"""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from starlette.responses import Response

from landward.app.transfer.chosen_file import ChosenFile
from landward.app.transfer.foreign import format_words
from landward.app.transfer.suggest_map import BETTER, ROLES, SCALES
from landward.model.base import BadInput
from landward.model.said import phrase
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page
from landward.web.http.upload import HandedFile

ROLE_WORDS = {
    "leave": phrase("Leave it out"), "date": phrase("The date"), "time": phrase("The time of day"),
    "symptom": "A symptom", "sleep": phrase("Hours of sleep"), "dose": "A dose",
    "drug": phrase("Which medicine"), "note": "Words",
}  # fmt: skip
BETTER_WORDS = {"down": phrase("More is harder"), "up": phrase("More is better")}
_MOST_REFUSED = 30


@dataclass
class _Chosen:
    """The file of one session, and where it lies."""

    file: ChosenFile
    handed: HandedFile


def show_import(context: RequestContext) -> Response:
    """Choose a file."""
    _drop(context)
    return context.page("importing.html", step="choose", programs=tuple(format_words().values()))


def take_file(context: RequestContext) -> Response:
    """The file came: find out what it is."""
    _drop(context)
    handed = context.file
    if handed is None:
        return context.go("/import", phrase("No file came. Choose one, then press the button."))
    try:
        file = ChosenFile(handed.path, handed.name)
    except BadInput as error:
        handed.drop()
        return context.go(
            "/import", phrase("{sentence} Nothing was written.", sentence=_sentence(error))
        )
    context.browser_session.chosen = _Chosen(file, handed)
    return context.go("/import/look")


def begin_reading(context: RequestContext) -> "Future[object] | None":
    """Read the file elsewhere while the page is asked for."""
    chosen = context.browser_session.chosen
    if not isinstance(chosen, _Chosen):
        return None
    return chosen.file.begin(context.app_state.aside, context.moment)


def show_look(context: RequestContext) -> Response:
    """What the file is, what is still asked, what it would bring."""
    chosen = _chosen(context)
    if chosen is None:
        return context.go("/import", phrase("Choose a file first."))
    return _look(context, chosen)


def save_choices(context: RequestContext) -> Response:
    """Take over the columns and answers, and look again."""
    chosen = _chosen(context)
    if chosen is None:
        return context.go("/import", phrase("Choose a file first."))
    said = {name: values[-1].strip() for name, values in context.form.items() if values}
    chosen.file.choose(context.reading.vault, said)
    return context.go("/import/look")


def bring_in(context: RequestContext) -> Response:
    """Write it: all of it or nothing."""
    chosen = _chosen(context)
    if chosen is None:
        return context.go("/import", phrase("Choose a file first."))
    try:
        result = chosen.file.bring_in(
            context.reading.vault,
            context.moment,
            leave_out=context.said("leave_out") == "yes",
            correct=context.said("correct") == "yes",
        )
    except BadInput as error:
        return _look(context, chosen, str(error))
    _drop(context)
    said = [
        phrase(
            "Brought in {added} from {first_day} to {last_day}.",
            added=result.added,
            first_day=result.first_day,
            last_day=result.last_day,
        )
    ]
    said += (
        [phrase("{already} were there already.", already=result.already)] if result.already else []
    )
    said += (
        [phrase("{corrected} were put right.", corrected=result.corrected)]
        if result.corrected
        else []
    )
    if result.changed_at_source:
        said.append(
            phrase(
                "{changed_at_source} say otherwise now and were left as they are.",
                changed_at_source=result.changed_at_source,
            )
        )
    context.reading.refresh()
    context.diary_session.keep_locked_view(context.today)
    return context.go("/import", " ".join(said))


def _look(context: RequestContext, chosen: _Chosen, wrong: str = "") -> Response:
    file, vault = chosen.file, context.reading.vault
    if file.is_being_read:
        return context.page(
            "importing.html",
            step="reading",
            name=chosen.handed.name,
            megabytes=file.megabytes,
            percent=file.percent,
        )
    columns, look, reading = None, None, None
    try:
        columns = file.columns(vault) if file.is_table else None
        if columns is not None and not any(
            one.role not in ("leave", "date") for one in columns.columns
        ):
            wrong = wrong or phrase(
                "Say what each column holds; then press “Show what it would bring”."
            )
        else:
            reading = file.read(context.moment)
            look = file.look(vault, context.moment) if not reading.questions else None
    except BadInput as error:
        wrong = wrong or _sentence(error)
        if columns is None:
            _drop(context)
            return context.go("/import", phrase("{wrong} Nothing was written.", wrong=wrong))
    refused: Sequence[object] = reading.refusals[:_MOST_REFUSED] if reading else ()
    return context.page(
        "importing.html",
        status=422 if wrong and not columns else 200,
        step="look",
        name=chosen.handed.name,
        program=format_words().get(file.kind, "").split(":")[0],
        columns=columns,
        roles=tuple((role, ROLE_WORDS[role]) for role in ROLES),
        scales=SCALES,
        betters=tuple((one, BETTER_WORDS[one]) for one in BETTER),
        reading=reading,
        refused=refused,
        more_refused=len(reading.refusals) - len(refused) if reading else 0,
        look=look,
        wrong=wrong,
        answers=file.answers,
    )


def _chosen(context: RequestContext) -> _Chosen | None:
    found = context.browser_session.chosen
    return found if isinstance(found, _Chosen) else None


def _drop(context: RequestContext) -> None:
    if (chosen := _chosen(context)) is not None:
        chosen.handed.drop()
    context.browser_session.chosen = None


def _sentence(error: BadInput) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."


PAGES = (
    Page("/import", show_import, needs="diary"),
    Page("/import/file", take_file, "POST", needs="diary", keep=False, file=True),
    Page("/import/look", show_look, needs="diary", first=begin_reading),
    Page("/import/look", save_choices, "POST", needs="diary", keep=False),
    Page("/import/write", bring_in, "POST", needs="diary", keep=False),
)
