"""A way of tapering as a prescriber wrote it down: typed in, laid out day by day, shown as given.

Nothing here is proposed: every number comes from the paper that was handed over.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from landward.app.plan.drafts import PlanDraft
from landward.app.plan.given import check_plan
from landward.app.plan.request import read_every
from landward.catalog import Catalog
from landward.engines.tapering.written import Phase, Rhythm, by_turns, pouches, with_pauses
from landward.exchange.plan_file import read_doses
from landward.model.amounts import read_mg, read_number
from landward.model.base import BadInput
from landward.model.home_made import NUMBERS, HomeMade, HomeWay
from landward.model.preparation import read_preparations
from landward.model.said import Words, phrase
from landward.model.taper import TaperPlan
from landward.model.taper_given import GivenDose, GivenPlan, GivenStep, doses_sum

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
STRETCHES = 4
"""So many stretches of turns a form takes."""
MOST_RULE = 2_000
_BETWEEN = re.compile(r"[;\s]+(?!(?:mg|g|mcg|µg|micrograms?)\b)|,\s+", re.IGNORECASE)
"""Between two pouches: a line, a space or a comma that no unit follows."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way: its name in addresses, its title, what it means, how it is laid out."""

    id: str
    words: Words
    means: Words
    lay_out: Callable[[PlanDraft, dt.date, tuple[GivenDose, ...]], tuple[GivenStep, ...]]
    cycle: Callable[[PlanDraft], int] = lambda _: 0


def plan_written(catalog: Catalog, draft: PlanDraft, today: dt.date) -> TaperPlan:
    """The plan of a way that was typed in. Raises BadInput naming what cannot be read."""
    way = way_called(draft.said("written"))
    held = read_doses(draft.said("held"), phrase("what you take now"))
    start = _day(draft.said("start")) if draft.said("start") else today + dt.timedelta(days=1)
    steps = way.lay_out(draft, start, held)
    products = draft.said("products")
    given = GivenPlan.checked(
        title=way.words,
        drug=catalog.find_drug(draft.said("drug")).id,
        source=phrase("typed in as the prescriber wrote it"),
        held=held,
        held_mg=doses_sum(held),
        preparations=read_preparations(products) if products else (),
        steps=steps,
        cycle_days=way.cycle(draft),
        **beside(draft),
    )
    return check_plan(catalog, given)


def beside(draft: PlanDraft) -> dict[str, object]:
    """The rule that was written down, and how doses are measured at home, as typed."""
    rule = draft.said("rule").strip()
    if len(rule) > MOST_RULE:
        raise BadInput(phrase("the rule is longer than {most} letters; shorten it", most=MOST_RULE))
    return {"own_rule": rule, "home": _home(draft)}


def _home(draft: PlanDraft) -> HomeMade | None:
    kind = draft.said("home")
    if not kind:
        return None
    if kind not in set(HomeWay):
        raise BadInput(phrase("choose how it is measured"))
    way = HomeWay(kind)
    numbers = {name: _number(draft.said(f"{kind}:{name}"), name) for name in NUMBERS[way]}
    try:
        return HomeMade.model_validate({"way": way, **numbers})
    except ValueError as error:
        errors = getattr(error, "errors", None)
        line = str(errors()[0]["msg"] if errors else error)
        raise BadInput(line.removeprefix("Value error, ")) from error


def _number(text: str, name: str) -> Fraction | None:
    if not text:
        return None
    bare = re.sub(r"\s*(?:mg/ml|ml|mg)$", "", text.strip(), flags=re.IGNORECASE)
    return read_number(bare, phrase("how it is measured"))


def way_called(name: str) -> Way:
    """A way by its name. Raises BadInput for one there is not."""
    for way in WAYS:
        if way.id == name:
            return way
    raise BadInput(phrase("choose one of the ways on the page"))


def _pauses(draft: PlanDraft, start: dt.date, held: tuple[GivenDose, ...]) -> tuple[GivenStep, ...]:
    rhythm = Rhythm(
        cut_mg=read_mg(draft.said("cut"), phrase("how much less each time")),
        every_days=_days(draft.said("every"), phrase("how long each step is held")),
        cuts=_count(draft.said("cuts"), phrase("how many cuts, then a pause")),
        pause_days=_days(draft.said("pause"), phrase("how long the pause is")),
        to_mg=read_mg(draft.said("to") or "0", phrase("the dose to stop at"), zero=True),
    )
    return with_pauses(start, held, rhythm)


def _days(text: str, what: str) -> int:
    if not text:
        raise BadInput(phrase("{what}: give a number of days or weeks", what=what))
    return read_every(text)


def _count(text: str, what: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 99:
        raise BadInput(phrase("{what}: give a number from 1 to 99", what=what))
    return int(text)


def _turns(draft: PlanDraft, start: dt.date, _: tuple[GivenDose, ...]) -> tuple[GivenStep, ...]:
    return by_turns(start, list(_stretches(draft, ("a", "b"))), weekly=False)


def _weekly(draft: PlanDraft, start: dt.date, _: tuple[GivenDose, ...]) -> tuple[GivenStep, ...]:
    return by_turns(start, list(_stretches(draft, WEEKDAYS)), weekly=True)


def _stretches(draft: PlanDraft, turns: tuple[str, ...]) -> Iterator[Phase]:
    """The stretches that hold anything; a stretch has a dose, or “none”, for each of its turns."""
    for number in range(1, STRETCHES + 1):
        said = [draft.said(f"{turn}{number}") for turn in turns]
        weeks = draft.said(f"weeks{number}")
        if not (any(said) or weeks):
            continue
        where = phrase("stretch {number}", number=number)
        if not all(said):
            raise BadInput(
                phrase("{where}: fill in every day; write “none” where nothing is taken",
                       where=where)
            )  # fmt: skip
        days = 7 * _count(weeks, phrase("{where}, how many weeks", where=where))
        yield Phase(turns=tuple(read_doses(text, where) for text in said), days=days)


def _strips(draft: PlanDraft, start: dt.date, _: tuple[GivenDose, ...]) -> tuple[GivenStep, ...]:
    words = _BETWEEN.split(draft.said("pouches").strip())
    doses = [
        read_mg(text, phrase("pouch {number}", number=number), zero=True)
        for number, text in enumerate((word for word in words if word.strip()), start=1)
    ]
    return pouches(start, doses, _count(draft.said("strip") or "28", phrase("pouches on a strip")))


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadInput(phrase("“{text}” is not a date; write it like 2026-03-01",
                              text=text[:40])) from None  # fmt: skip


WAYS = (
    Way("pauses", phrase("Cuts with a pause"),
        phrase("For example 1 mg less each week, four times, then three weeks' hold."), _pauses),
    Way("turns", phrase("Two doses by turns"),
        phrase("One dose on one day, another on the next."), _turns, lambda _: 2),
    Way("weekdays", phrase("A dose for each weekday"),
        phrase("For example nothing on some nights of the week."), _weekly, lambda _: 7),
    Way("strips", phrase("Pouches on a strip"),
        phrase("A pharmacy packed each day's dose; what each pouch holds is printed on it."),
        _strips),
)  # fmt: skip
