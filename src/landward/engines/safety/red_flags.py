"""Red flags: what a person tapped or said, sorted by how soon help is needed."""

from collections.abc import Iterable, Sequence

from landward.model.safety import Finding, RedFlag, RedFlagReading, Urgency
from landward.model.said import phrase

ORDER: tuple[Urgency, ...] = ("emergency", "same_day", "today", "same_week")
"""Most urgent first."""

YOUR_EMERGENCY_NUMBER = phrase("your local emergency number")
"""What stands where the number of a country is not known."""

_PLAIN: dict[Urgency | None, str] = {
    "emergency": phrase("Get emergency help now."),
    "same_day": phrase("Please get help today."),
    "today": phrase("Please see to this today."),
    "same_week": phrase("Please see your clinician this week."),
    None: phrase("None of the warning signs was stated. That is not the same as none being there."),
}


def read_red_flags(
    stated: Iterable[str], rules: Sequence[RedFlag], emergency: str = YOUR_EMERGENCY_NUMBER
) -> RedFlagReading:
    """What to do about stated warning signs, most urgent first, ties in the order of `rules`.

    `stated` holds ids, with or without their ``flag.`` prefix; each fires once. Ids no rule knows
    are handed back in `unknown`, never dropped. `emergency` is the number to call.
    """
    wanted = dict.fromkeys(name.removeprefix("flag.") for name in stated)
    known = {rule.id.removeprefix("flag."): rule for rule in rules}
    fired = [rule for name, rule in known.items() if name in wanted]
    fired.sort(key=lambda rule: ORDER.index(rule.level))
    findings = tuple(
        Finding.of(rule, rule.action.format(emergency=emergency), rule.level) for rule in fired
    )
    urgency = fired[0].level if fired else None
    unknown = tuple(name for name in wanted if name not in known)
    return RedFlagReading(
        urgency=urgency, findings=findings, unknown=unknown, plain=_PLAIN[urgency]
    )
