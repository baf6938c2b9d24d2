"""`landward plan adopt | show | go-on | stay | hold | change | back | taken`: a plan lived with."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from landward.app.diary.whole import whole_diary
from landward.cli.plan_given import Save
from landward.cli.terminal import (
    AsJson,
    VaultPath,
    console,
    moment,
    open_vault,
    print_json,
    say,
    seen_today,
    tell,
)
from landward.model.base import BadInput
from landward.model.diary import Diary
from landward.model.said import phrase

if TYPE_CHECKING:
    from landward.app.plan.standing import Standing

Drug = Annotated[str, Parameter(help="Which drug, where plans of several stand. Else the last.")]
On = Annotated[dt.date | None, Parameter(help="The day it is about. Else today.")]
Adopt = Annotated[bool, Parameter(help="Keep the new version in the diary.", negative="")]


def adopt(
    file: Path,
    /,
    *,
    vault: VaultPath,
    prescriber: Annotated[str, Parameter(help="Who agreed to it, as you write it.")] = "",
    begun: Annotated[
        int | None,
        Parameter(help="How many of its steps you take already. Else those dated before today."),
    ] = None,
) -> None:
    """Keep a plan in the diary as it stands. Its steps are stored and never recomputed.

    FILE is a plan file, `plan --json`, TOML, CSV or the text of a scanned code. An earlier plan
    stays in the journal. No further step begins by its date: each waits for `plan go-on`.

    Example:

      landward plan adopt plan.json --vault my.vault --prescriber "Dr. A"
    """
    from landward.app.library.tables import load_catalog
    from landward.app.plan.given import plan_of_file
    from landward.app.plan.living import adoption, begun_by
    from landward.app.plan.standing import standing_of, standing_plans

    plan, now = plan_of_file(load_catalog(), file), moment(vault)
    if begun is not None and not 0 <= begun <= len(plan.steps):
        raise BadInput(
            phrase(
                "--begun {begun}: the plan has {steps} steps", begun=begun, steps=len(plan.steps)
            )
        )
    with open_vault(vault) as journal:
        diary = seen_today(whole_diary(journal.entries(), now.today()))
        taken = begun_by(diary, plan, now.today()) if begun is None else begun
        entry, kept = adoption(journal, diary, plan, now, prescriber, confirmed=taken)
        journal.append([entry])
        diary = whole_diary(journal.entries(), now.today())
    say(
        phrase(
            "kept as version {version}, after version {replaces}",
            version=kept.version,
            replaces=kept.replaces,
        )
        if kept.replaces
        else phrase("kept as version {version}", version=kept.version)
    )
    say(_next_words(standing_of(standing_plans(diary.lines, now.today()), kept.drug)))


def _next_words(one: "Standing") -> str:
    """What is taken now, and what waits for a word."""
    question = one.question()
    if question is None:
        return (
            phrase("every step of it stands as it is dated")
            if one.begun is None
            else phrase("it has no more")
        )
    return phrase(
        "{begun} of {steps} steps are taken; the next, {amount}, waits: `landward plan "
        "go-on` begins it on {start}, untouched the dose stays",
        begun=one.begun,
        steps=len(one.plan.steps),
        amount=question.words,
        start=question.start,
    )


def go_on(*, vault: VaultPath, drug: Drug = "") -> None:
    """Go on to the next line, from its day, tomorrow at the earliest.

    Example:

      landward plan go-on --vault my.vault
    """
    _answer(vault, drug, go_on=True)


def stay(*, vault: VaultPath, drug: Drug = "") -> None:
    """Stay on the dose of now. To do nothing is to stay, too; a yes not begun yet is taken back.

    Example:

      landward plan stay --vault my.vault
    """
    _answer(vault, drug, go_on=False)


def _answer(vault: Path, drug: str, *, go_on: bool) -> None:
    from landward.app.plan.standing import answer_now, standing_of, standing_plans
    from landward.app.write.entry import new_entry
    from landward.report.taper_words import mg_words

    now = moment(vault)
    with open_vault(vault) as journal:
        before = standing_plans(whole_diary(journal.entries(), now.today()).lines, now.today())
        body = answer_now(before, drug, go_on=go_on)
        journal.append([new_entry(journal, body, now.today(), now)])
        lived = standing_plans(whole_diary(journal.entries(), now.today()).lines, now.today())
    one = standing_of(lived, body.drug)
    if body.start is None:
        say(
            phrase(
                "you stay on {amount} of {drug}; nothing else changed",
                amount=mg_words(one.mg_on(now.today())),
                drug=body.drug,
            )
        )
    else:
        say(
            phrase(
                "from {start}: {amount} of {drug} a day",
                start=body.start,
                amount=mg_words(one.mg_on(body.start)),
                drug=body.drug,
            )
        )


def show(*, vault: VaultPath, drug: Drug = "", save: Save = (), json: AsJson = False) -> None:
    """The plan adopted last, its lines on the days they really have; --json exactly as stored.

    Lines nobody said yes to yet stand on the days they would begin, if you go on.

    Example:

      landward plan show --vault my.vault --save sheet.pdf
    """
    from landward.app.library.tables import load_catalog
    from landward.app.plan.living import standing_plan, versions
    from landward.app.plan.standing import standing_of, standing_plans
    from landward.app.plan.taper import with_supply
    from landward.cli.plan import save_plan
    from landward.cli.plan_show import show_plan
    from landward.report.as_json.plan import plan_as_json

    diary, today = _diary(vault), moment(vault).today()
    _, plan = standing_plan(diary, drug)
    one = standing_of(standing_plans(diary.lines, today), plan.drug)
    lived = plan if one.begun is None else with_supply(load_catalog(), one.plan)
    save_plan(lived, save, today, versions(diary, plan.drug)[:-1], one.begun)
    if json:
        print_json(plan_as_json(plan))
    else:
        show_plan(lived, None, console())
        say(_next_words(one))


def hold(
    *,
    vault: VaultPath,
    days: Annotated[str, Parameter(help="How much longer: 14, 14d or 2w.")],
    on: On = None,
    drug: Drug = "",
    keep: Adopt = False,
    json: AsJson = False,
) -> None:
    """Stay on a day's dose for longer; the later steps keep their doses and move.

    Example:

      landward plan hold --vault my.vault --days 14 --keep
    """
    from landward.app.library.tables import load_catalog
    from landward.app.plan.living import adoption, lived_plan
    from landward.app.plan.living import hold as held
    from landward.app.plan.request import read_every
    from landward.cli.plan_show import show_plan
    from landward.report.as_json.plan import plan_as_json

    now = moment(vault)
    with open_vault(vault) as journal:
        diary = seen_today(whole_diary(journal.entries(), now.today()))
        plan = lived_plan(diary, now.today(), drug)
        new = held(load_catalog(), plan, on or now.today(), read_every(days))
        if keep:
            entry, new = adoption(journal, diary, new, now)
            journal.append([entry])
    if json:
        print_json(plan_as_json(new))
    else:
        show_plan(new, None, console())


def change(
    *,
    vault: VaultPath,
    method: str,
    rate: str = "",
    every: str = "14d",
    on: On = None,
    dose: Annotated[str, Parameter(help="The dose taken now, if it is not the planned one.")] = "",
    split: Annotated[str, Parameter(help="That dose by dose time: “1, 0.5, 1.5”.")] = "",
    products: Annotated[str, Parameter(help="If they changed, for example in a shortage.")] = "",
    to: str = "",
    finish: str = "",
    cuts: Annotated[int, Parameter(help="After so many cuts comes a pause (--pause).")] = 0,
    pause: Annotated[str, Parameter(help="How long the pause is, on top: 21d, 3w.")] = "",
    drug: Drug = "",
    keep: Adopt = False,
    json: AsJson = False,
) -> None:
    """Go on from a day in another way: slower, another method, other products.

    The old plan stays as it is; the new one looks back at its last doses, so that no limit is
    passed at the seam.

    Example:

      landward plan change --vault my.vault --on 2026-03-02 --method percent-current --rate 5
    """
    from landward.app.library.tables import load_catalog
    from landward.app.plan.living import adoption, lived_plan, versions
    from landward.app.plan.living import change as changed
    from landward.app.plan.request import PlanForm
    from landward.cli.plan_show import show_plan
    from landward.report.as_json.plan import plan_as_json

    now = moment(vault)
    form = PlanForm(
        drug="", dose=dose, method=method, products=products, rate=rate, every=every,
        start=on, split=split, to=to, finish=finish, cuts=cuts, pause=pause,
    )  # fmt: skip
    with open_vault(vault) as journal:
        diary = seen_today(whole_diary(journal.entries(), now.today()))
        plan = lived_plan(diary, now.today(), drug)
        answer = changed(
            load_catalog(), plan, form, {}, now.today(),
            require_answers=False, earlier=versions(diary, plan.drug)[:-1],
        )  # fmt: skip
        new = answer.plan
        if keep and not new.steps:
            say(phrase("there are no steps to keep; nothing was written"))
        elif keep:
            entry, new = adoption(journal, diary, new, now)
            journal.append([entry])
    if json:
        print_json(plan_as_json(new, answer.supervision))
    else:
        show_plan(new, answer.supervision, console())


def back(*, vault: VaultPath, on: On = None, drug: Drug = "") -> None:
    """Words to ask the prescriber about going back to the dose before. The plan stays as it is.

    Example:

      landward plan back --vault my.vault
    """
    from landward.app.plan.living import ask_to_go_back, standing_plan

    _, plan = standing_plan(_diary(vault), drug)
    tell(ask_to_go_back(plan, on or moment().today()))


def taken(
    *,
    vault: VaultPath,
    first: Annotated[dt.date | None, Parameter(name="--from", help="Else 28 days back.")] = None,
    last: Annotated[dt.date | None, Parameter(name="--until", help="Else today.")] = None,
    drug: Drug = "",
    json: AsJson = False,
) -> None:
    """What was asked, what can be made and what was taken, day by day. Nothing is judged.

    Example:

      landward plan taken --vault my.vault --from 2026-01-05
    """
    from landward.app.plan.living import beside, standing_plan

    diary = _diary(vault)
    _, plan = standing_plan(diary, drug)
    end = last or moment(vault).today()
    start = first or end - dt.timedelta(days=27)
    if end < start:
        raise BadInput(
            phrase("the end ({end}) is before the start ({start})", end=end, start=start)
        )
    rows = beside(diary, plan, start, end)
    if json:
        from landward.report.as_json.plan import beside_as_json

        print_json(beside_as_json(rows))
        return
    from rich.table import Table

    table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim", pad_edge=False)
    for name in ("  day", "asked", "makeable", "taken", ""):
        table.add_column(name, justify="left" if name in {"  day", ""} else "right")
    from landward.model.amounts import rounded_text
    from landward.report.taper_words import mg_words

    for row in rows:
        table.add_row(
            f"  {row.day}",
            f"{rounded_text(row.planned_mg, 2)} mg",
            mg_words(row.makeable_mg),
            "" if row.taken_mg is None else mg_words(row.taken_mg),
            row.words,
        )
    console().print(table)


def _diary(vault: Path) -> Diary:
    with open_vault(vault) as journal:
        return seen_today(whole_diary(journal.entries(), moment(vault).today()))
