"""`landward felt`: what reached you, written down. `landward numb`: words for numb days."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landward.cli.terminal import (
    VaultPath,
    catalogue,
    known_passphrase,
    moment,
    open_vault,
    tell,
)
from landward.model.base import BadInput
from landward.model.bodies import Body, DidAnyway, Glimmer
from landward.model.questions import STRENGTHS, WEEKLY
from landward.model.said import joined, phrase


def felt(
    *,
    vault: VaultPath,
    week: Annotated[
        tuple[str, ...],
        Parameter(help="ITEM=0-4, no_occasion or too_much, over the past seven days. Repeatable."),
    ] = (),
    glimmer: Annotated[
        str, Parameter(help="FEELING or FEELING=1-3, barely there to strong. Any word will do.")
    ] = "",
    anyway: Annotated[
        str,
        Parameter(help="Care given without feeling it, - reads it from what is typed."),
    ] = "",
    numbing: Annotated[
        tuple[str, ...],
        Parameter(
            help="THING.from, .until, .before or .words=ANSWER for what else can numb: depression, "
            "antidepressant, trauma_reminders, burnout, something_else; numb.before. Repeatable."
        ),
    ] = (),
    date: Annotated[
        str | None, Parameter(help="The day it is about: 2026-03-01, or yesterday.")
    ] = None,
) -> None:
    """Write down what was felt. Needs no passphrase, except for what can numb. Nothing asks for it.

    The week's items: joy, sadness, anger, love, motivation, presence, body, empathy. Skip what you
    like: what is not said was not asked.

    Examples:

      landward felt --vault my.vault --glimmer warmth
      landward felt --vault my.vault --glimmer awe=1
      landward felt --vault my.vault --week joy=1 --week anger=no_occasion
      landward felt --vault my.vault --anyway "Rang my sister"
      landward felt --vault my.vault --numbing burnout.from=2025-11-01 --numbing numb.before=no
    """
    bodies: list[tuple[str, Body]] = [*_weekly(week), *_glimmer(glimmer)]
    if done := (sys.stdin.read() if anyway == "-" else anyway).strip():
        bodies.append(("did_anyway", DidAnyway(what=done)))
    if not bodies and not numbing:
        raise BadInput(
            phrase("there is nothing to keep yet: say --glimmer, --week, --anyway or --numbing")
        )
    now = moment(vault)
    day = now.past_day(date)
    if told := _told(numbing):
        _keep(vault, told)  # first: it may refuse, and then nothing is written
    if bodies:
        from landward.app.write.save import fresh_key, save, writing_to

        with writing_to(vault, known_passphrase(), now) as writer:
            save(writer, day, bodies, fresh_key(), now)
    tell(phrase("Saved. You can close this."))


def _weekly(said: Iterable[str]) -> list[tuple[str, Body]]:
    from landward.app.write.weekly import feelings_body

    given = dict(_parted(text) for text in said)
    if not given:
        return []
    if unknown := next((item for item in given if item not in WEEKLY), ""):
        raise BadInput(
            phrase(
                "“{item}” is none of the week's items; there are {items}",
                item=unknown[:40],
                items=joined(", ", WEEKLY),
            )
        )
    body = feelings_body(given, asked=given)
    # Only ids were on the screen: in which words it was asked is not known.
    return [("feelings", body.model_copy(update={"wordings": {}}))]


def _glimmer(said: str) -> list[tuple[str, Body]]:
    if not said.strip():
        return []
    feeling, _, strength = (part.strip() for part in said.partition("="))
    if strength not in ("", *map(str, STRENGTHS)):
        raise BadInput(
            phrase(
                "how strong it was is 1, 2 or 3 ({words}), not “{said}”",
                words=joined(", ", STRENGTHS.values()),
                said=strength[:40],
            )
        )
    body = Glimmer(feeling=feeling[:200], strength=int(strength) if strength else None)
    return [("glimmer", body)]


def _parted(text: str) -> tuple[str, str]:
    name, found, value = (part.strip() for part in text.partition("="))
    if not found:
        raise BadInput(phrase("“{text}” is not NAME=ANSWER", text=text[:40]))
    return name, value


def _told(said: Iterable[str]) -> dict[str, dict[str, str]]:
    """What was said about what can numb, by thing."""
    found: dict[str, dict[str, str]] = {}
    for text in said:
        name, value = _parted(text)
        thing, _, asked = name.partition(".")
        found.setdefault(thing, {})[asked] = value
    return found


def _keep(vault: Path, told: dict[str, dict[str, str]]) -> None:
    from landward.app.diary.change_profile import changed
    from landward.app.diary.numbing_answers import QUESTIONS, fields_said
    from landward.app.diary.profile import read_me
    from landward.app.write.entry import new_entry
    from landward.model.journal import standing

    now, names = moment(vault), {one.name for one in QUESTIONS}
    with open_vault(vault) as journal:
        me = read_me(sorted(standing(journal.entries()).entries, key=lambda one: one.order))
        fields: dict[str, str] = {}
        for thing, said in told.items():
            if strange := next((name for name in said if name not in names), None):
                raise BadInput(
                    phrase(
                        "“{name}” is not asked of it; there are {names}",
                        name=strange[:40],
                        names=joined(", ", sorted(names)),
                    )
                )
            fields |= fields_said(me, thing, said)
        body = changed(me, fields)
        if body is not None:
            journal.append([new_entry(journal, body, now.today(), now)])


def numb(
    *,
    output: Annotated[Path, Parameter(name=("-o", "--output"), help="The PDF to write.")],
    card: Annotated[
        bool, Parameter(negative="", help="The card for family instead of the library's page.")
    ] = False,
    vault: Annotated[
        Path | None, Parameter(help="A diary, for the card in your own words.")
    ] = None,
) -> None:
    """Print words for numb days: “Living while numb”, or a card for family.

    Examples:

      landward numb -o living-while-numb.pdf
      landward numb --card -o card.pdf
      landward numb --card -o card.pdf --vault my.vault
    """
    from landward.app.keep.write_file import write_file
    from landward.app.share.numb_papers import card_pdf, living_pdf

    today = moment(vault).today()
    if card:
        pdf = card_pdf(_own_card(vault) if vault else "", today, catalogue=catalogue())
    else:
        pdf = living_pdf(today, catalogue=catalogue())
    write_file(output, pdf)
    tell(phrase("Wrote {output}.", output=output))


def _own_card(vault: Path) -> str:
    from landward.app.diary.profile import read_me
    from landward.model.journal import standing

    with open_vault(vault) as journal:
        entries = sorted(standing(journal.entries()).entries, key=lambda one: one.order)
    return read_me(entries).settings.family_card
