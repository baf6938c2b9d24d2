"""The lab on screen: made-up people and their courses, six guesses about waves, one missed dose.

It is open while the diary is locked and never reads one.
"""

from collections.abc import Callable
from concurrent.futures import Future

from starlette.responses import Response

from landward.app.library.facts import show_drug
from landward.app.library.lab_pages import (
    GUESSES,
    arms_shown,
    both_shown,
    course,
    drugs_of,
    people,
    settled_levels,
    standings,
)
from landward.app.library.missed_dose import (
    RHYTHMS,
    equal_doses,
    medicines_with_levels,
    missed_dose,
)
from landward.model.base import BadInput
from landward.model.said import Words, phrase
from landward.model.scenario import Scenario
from landward.report.figure.lab_curves import LANES, lab_curves, level_curve, told
from landward.report.figure.wave_scenes import SCENES
from landward.report.lab_words import CAUTION
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page

STANDING = {
    "measured": phrase("measured in people"), "derived": phrase("worked out from that"),
    "assumed": phrase("assumed"),
}  # fmt: skip


def _person(context: RequestContext) -> Scenario:
    """The fictional person that was picked. Raises BadInput for one there is not."""
    wanted = context.asked("person")
    for one in people():
        if one.name == wanted:
            return one
    raise BadInput(phrase("there is no such made-up person"))


def begin_course(context: RequestContext) -> "Future[object] | None":
    """Work a course out elsewhere: no other page waits for it."""
    if not context.asked("person"):
        return None
    name, guesses = context.asked("person"), _guesses(context)

    def work() -> None:
        for guess in guesses:
            course(name, guess)

    return context.app_state.aside.submit(_quietly, work)


def _quietly(work: Callable[[], None]) -> None:
    """What goes wrong is told when the page itself asks."""
    try:
        work()
    except BadInput:
        return


def _guesses(context: RequestContext) -> tuple[str, ...]:
    if context.asked("all"):
        return tuple(guess.id for guess in GUESSES)
    known = {guess.id for guess in GUESSES}
    return (context.asked("guess") if context.asked("guess") in known else GUESSES[0].id,)


def show_lab(context: RequestContext) -> Response:
    """Pick a fictional person; their courses on one axis, and what is known of each curve."""
    if not context.asked("person"):
        return _front(context)
    try:
        one = _person(context)
    except BadInput as error:
        return _front(context, str(error), status=404)
    guess, *more = _guesses(context)
    found = course(one.name, guess)
    names = arms_shown(one, tuple(context.asked_all("arm")))
    arms = both_shown(found, names)
    beside = [(GUESSES[0], _worst(one, GUESSES[0].id, names))] if more else []
    beside += [(other, _worst(one, other.id, names)) for other in GUESSES[1:] if more]
    return context.page(
        "lab_course.html", one=one, course=found, arms=arms, names=names, guess=guess,
        guesses=GUESSES, beside=beside, figure=lab_curves(found, arms), told=told(arms),
        lanes=LANES, standings=standings(drugs_of(one), guess), words=STANDING, caution=CAUTION,
        settled=settled_levels(), drugs=sorted(drugs_of(one)),
    )  # fmt: skip


def _worst(one: Scenario, guess: str, names: tuple[str, ...]) -> list[tuple[str, Words]]:
    """For each course when withdrawal is worst, under one guess."""
    found = course(one.name, guess)
    lines: list[tuple[str, Words]] = []
    for arm in both_shown(found, names):
        low, middle, high = (round(day) for day in arm.peak_day)
        going = arm.stop_day >= len(found.days) - 1
        words = (
            phrase("the medicine goes on") if going
            else phrase("day {middle} ({low} to {high})", middle=middle, low=low, high=high)
        )  # fmt: skip
        lines.append((arm.name, words))
    return lines


def _front(context: RequestContext, wrong: Words = "", status: int = 200) -> Response:
    return context.page(
        "lab.html", status=status, people=people(), wrong=wrong, caution=CAUTION,
        medicines=medicines_with_levels(),
    )  # fmt: skip


def show_waves(context: RequestContext) -> Response:
    """Why might waves come? Six guesses, none proven."""
    return context.page("lab_waves.html", scenes=SCENES, caution=CAUTION)


def show_medicine(context: RequestContext) -> Response:
    """One medicine: the level, one missed dose, how long it stays, doses said to be equal."""
    name = (context.params or {}).get("name", "")[:120]
    asked = context.asked("rhythm")
    rhythm = next((known for known in RHYTHMS if known == asked), "night")
    try:
        page = show_drug(name)
    except BadInput as error:
        return _front(context, str(error), status=404)
    try:
        level, why = missed_dose(page.drug.id, rhythm), ""
    except BadInput as error:
        level, why = None, str(error)
    figure = level and level_curve(level.hours, level.usual, level.missed, level.left_out_h)
    return context.page(
        "lab_medicine.html", page=page, drug=page.drug, level=level, why=why, figure=figure,
        rhythms=RHYTHMS, rhythm=rhythm, equal=equal_doses(page), caution=CAUTION,
    )  # fmt: skip


PAGES = (
    Page("/lab", show_lab, needs="session", first=begin_course),
    Page("/lab/waves", show_waves, needs="session"),
    Page("/lab/medicine/{name}", show_medicine, needs="session"),
)
