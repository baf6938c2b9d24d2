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
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page
from landward.web.http.upload import HandedFile

ROLE_WORDS = {
    "leave": "Leave it out", "date": "The date", "time": "The time of day",
    "symptom": "A symptom", "sleep": "Hours of sleep", "dose": "A dose",
    "drug": "Which medicine", "note": "Words",
}  # fmt: skip
BETTER_WORDS = {"down": "More is harder", "up": "More is better"}
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
        return context.go("/import", "No file came. Choose one, then press the button.")
    try:
        file = ChosenFile(handed.path, handed.name)
    except BadInput as error:
        handed.drop()
        return context.go("/import", f"{_sentence(error)} Nothing was written.")
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
        return context.go("/import", "Choose a file first.")
    return _look(context, chosen)


def save_choices(context: RequestContext) -> Response:
    """Take over the columns and answers, and look again."""
    chosen = _chosen(context)
    if chosen is None:
        return context.go("/import", "Choose a file first.")
    said = {name: values[-1].strip() for name, values in context.form.items() if values}
    chosen.file.choose(context.reading.vault, said)
    return context.go("/import/look")


def bring_in(context: RequestContext) -> Response:
    """Write it: all of it or nothing."""
    chosen = _chosen(context)
    if chosen is None:
        return context.go("/import", "Choose a file first.")
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
    said = [f"Brought in {result.added} from {result.first_day} to {result.last_day}."]
    said += [f"{result.already} were there already."] if result.already else []
    said += [f"{result.corrected} were put right."] if result.corrected else []
    if result.changed_at_source:
        said.append(f"{result.changed_at_source} say otherwise now and were left as they are.")
    context.reading.refresh()
    context.diary_session.keep_locked_view(context.today)
    return context.go("/import", " ".join(said))


def _look(context: RequestContext, chosen: _Chosen, wrong: str = "") -> Response:
    file, vault = chosen.file, context.reading.vault
    if file.is_being_read:
        return context.page(
            "importing.html", step="reading", name=chosen.handed.name, megabytes=file.megabytes
        )
    columns, look, reading = None, None, None
    try:
        columns = file.columns(vault) if file.is_table else None
        if columns is not None and not any(
            one.role not in ("leave", "date") for one in columns.columns
        ):
            wrong = wrong or "Say what each column holds; then press “Show what it would bring”."
        else:
            reading = file.read(context.moment)
            look = file.look(vault, context.moment) if not reading.questions else None
    except BadInput as error:
        wrong = wrong or _sentence(error)
        if columns is None:
            _drop(context)
            return context.go("/import", f"{wrong} Nothing was written.")
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
