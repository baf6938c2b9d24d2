"""What a phone is given to show: the readings there are anyway, as ready words and pictures.

Nothing is worked out for the phone that the computer's own pages do not say. A dose is the last
line of a plan that was said yes to; a line without a yes never begins by itself, here either.
"""

import datetime as dt
from collections.abc import Iterator

from landward.app.diary.locked_view import (
    STEPS_AHEAD_DAYS,
    LockedView,
    outside_of,
    planned_now,
    safety_plan,
)
from landward.app.diary.open_diary import OpenDiary
from landward.app.diary.profile import PlannedDose
from landward.app.library.help_now import crisis_for
from landward.app.phone.face import (
    Face,
    Form,
    Help,
    Inside,
    Outside,
    Picture,
    PlanDays,
    Sheet,
    questions_for,
)
from landward.app.plan.standing import Standing, standing_here
from landward.app.read.doses import medicines_now
from landward.app.read.journey import read_journey
from landward.app.read.journey_lanes import HARD
from landward.app.read.journey_shapes import Journey
from landward.app.read.journey_whole import whole_of
from landward.app.share.report import report_context
from landward.model.base import BadInput
from landward.model.errors import LandwardError
from landward.model.moment import Moment
from landward.model.said import ENGLISH, Catalogue, Words, joined, phrase
from landward.report.blocks.doses import DoseRow
from landward.report.figure.legend import legend
from landward.report.figure.svg import page_svg
from landward.report.figure.tide_marks import tide_figure
from landward.report.report_pdf import report_pictures
from landward.report.six_lines import six_lines

MOST_PINS = 5
LONGEST_TIDE_DAYS = 3 * 366
"""A phone shows three years of the calendar; the computer has the rest."""


def face_for_phone(
    diary: OpenDiary, moment: Moment, *, catalogue: Catalogue = ENGLISH, with_sheet: bool = True
) -> Face:
    """Everything a phone shows on the day of `moment`. Raises Locked.

    Setting page one in type takes a second or two; without it (`with_sheet`) the rest is quick.
    """
    me = diary.me
    settings = me.settings
    today = moment.of_person(settings.zone, settings.day_starts_at).today()
    outside = outside_of(me, today)
    steps = sorted(planned_now(me, today), key=lambda dose: dose.drug)
    horizon = today + dt.timedelta(days=STEPS_AHEAD_DAYS)
    steps += [step for step in me.planned if today < step.since <= horizon]
    plan = safety_plan(settings)
    crisis = crisis_for(settings.country, today)
    return Face(
        made_on=today,
        outside=Outside(
            name=settings.app_name or "Landward",
            made_on=today,
            form=_form(outside, outside.doses, today),
            help=Help(crisis=crisis, safety_plan=outside.plan),
            card=outside.settings.card,
        ),
        inside=Inside(
            form=_form(outside.model_copy(update={"pins": me.pins}), tuple(steps), today,
                       asked=settings.asked),
            plans=tuple(_plan_days(one, today) for one in standing_here(diary, today)),
            plans_until=horizon,
            doses=tuple(_dose(one.row) for one in medicines_now(diary, today)),
            card=settings.card,
            safety_plan=plan,
            pictures=() if settings.charts == "hidden" else tuple(_pictures(diary, catalogue)),
            sheet=_sheet(diary, today, catalogue) if with_sheet else None,
        ),
    )  # fmt: skip


def _form(
    outside: LockedView,
    planned: tuple[PlannedDose, ...],
    today: dt.date,
    *,
    asked: tuple[str, ...] | None = None,
) -> Form:
    chosen = outside.settings.asked if asked is None else asked
    return Form(
        questions=questions_for(outside.pins[:MOST_PINS], chosen),
        planned=planned,
        planned_until=today + dt.timedelta(days=STEPS_AHEAD_DAYS),
        day_starts_at=f"{outside.settings.day_starts_at:%H:%M}",
    )


def _plan_days(one: Standing, today: dt.date) -> PlanDays:
    """From which day on which words hold, as far ahead as the phone may know."""
    days: list[tuple[dt.date, Words]] = []
    for ahead in range(STEPS_AHEAD_DAYS + 1):
        day = today + dt.timedelta(days=ahead)
        words = one.words_on(day)
        if not days or days[-1][1] != words:
            days.append((day, words))
    return PlanDays(drug=one.plan.drug, agreed=one.agreed_words, days=tuple(days))


def _dose(row: DoseRow) -> tuple[Words, tuple[Words, ...]]:
    lines = (
        phrase("Taken now: {dose}", dose=row.taken_now),
        phrase("Planned: {dose}", dose=row.planned),
        phrase("Prescribed: {dose}", dose=row.prescribed),
        phrase("Last change: {change}", change=row.last_change),
        phrase("The last seven days: {days}", days=row.last_days) if row.last_days else "",
    )
    return row.drug, tuple(line for line in lines if line)


def _pictures(diary: OpenDiary, catalogue: Catalogue) -> Iterator[Picture]:
    """The last four weeks and the tide calendar; none of a diary without a day."""
    if diary.is_empty:
        return
    settings = diary.me.settings
    whole = whole_of(diary, settings.journey_from)
    spells = settings.spells == "on"
    weeks = read_journey(diary, "4w", whole.last, spells=spells, from_here=settings.journey_from)
    yield _picture(phrase("The last weeks"), weeks, catalogue, table=True)
    if (whole.last - whole.first).days < weeks.days:
        return
    days = (whole.last - whole.first).days + 1
    since = whole.last - dt.timedelta(days=min(days, LONGEST_TIDE_DAYS) - 1)
    tide = read_journey(
        diary, "closer", whole.last, spells=spells, since=since, from_here=settings.journey_from
    )
    yield _picture(phrase("The tide calendar"), tide, catalogue)


def _picture(
    title: Words, journey: Journey, catalogue: Catalogue, *, table: bool = False
) -> Picture:
    hard = next((lane for lane in journey.lanes if lane.key == HARD), None)
    best, worst = phrase("no trouble"), phrase("the worst")
    ends = (hard.top_words, hard.bottom_words) if hard else (best, worst)
    signs = legend(journey.tide, ends)
    return Picture(
        title=title,
        sentence=journey.sentence,
        svg=page_svg(tide_figure(journey.tide), catalogue),
        signs=tuple((page_svg(sign.figure, catalogue), sign.words) for sign in signs),
        beside=joined(" ", (phrase("Beside it: {drug}, mg in a day.", drug=dose.drug)
                            for dose in journey.tide.drawn_doses)),
        columns=journey.columns if table else (),
        rows=journey.table if table else (),
    )  # fmt: skip


def _sheet(diary: OpenDiary, today: dt.date, catalogue: Catalogue) -> Sheet | None:
    """Page one as it would be printed today; None while there is nothing to print."""
    if diary.is_empty:
        return None
    try:
        context = report_context(diary.diary, reader="")
        pages = report_pictures(context, today=today, catalogue=catalogue)
    except BadInput:
        return None
    except LandwardError:  # the typesetter broke off: the words are there all the same
        return Sheet(png=b"", lines=six_lines(context))
    return Sheet(png=pages[0], lines=six_lines(context))
