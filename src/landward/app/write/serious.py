"""Something serious happened: what to do first, and only then, by choice, a line in the diary."""

from landward.app.library.help_now import emergency_number
from landward.catalog import load_catalog
from landward.engines.safety.incidents import incident_steps
from landward.engines.safety.red_flags import read_red_flags
from landward.model.base import BadInput, Frozen
from landward.model.said import phrase

INCIDENT_WORDS = {
    "ran_out": phrase("I ran out, or soon will"),
    "missed_dose": phrase("I missed a dose"),
    "took_extra": phrase("I took more than planned"),
    "vomited_doses": phrase("I was sick and lost a dose"),
    "stopped_suddenly": phrase("I stopped suddenly"),
    "mixed_alcohol": phrase("I drank alcohol with it"),
    "mixed_opioid": phrase("I took an opioid with it"),
    "fall": phrase("I fell"),
}
URGENCY_WORDS = {
    "emergency": phrase("Get emergency help now."),
    "same_day": phrase("Please get help today."),
    "today": phrase("Please see to this today."),
    "same_week": phrase("Please see your clinician this week."),
}
FLAG = "flag."
RECORDED_AS = {"delirium": "confusion", "hallucinations": "hallucination", "alcohol_mix": "alcohol",
               "new_opioid": "opioid", "fall_head": "fall", "mixed_alcohol": "alcohol",
               "mixed_opioid": "opioid"}  # fmt: skip
"""The diary keeps one name per fact, so that the prescriber's page finds it."""


class Statement(Frozen):
    """Something a person can say happened."""

    id: str
    words: str
    emergency: bool = False


class NextSteps(Frozen):
    """What to do about it, first things first."""

    statement: Statement
    headline: str
    steps: tuple[str, ...]
    record_as: str


def statements() -> tuple[Statement, ...]:
    """Everything that can be said: warning signs, most urgent first, then what went differently."""
    catalog = load_catalog()
    flags = [
        Statement(id=flag.id, words=flag.statement, emergency=flag.level == "emergency")
        for flag in catalog.red_flags
        if flag.usable
    ]
    known = {step.incident for step in catalog.incident_steps if step.usable}
    same = {flag.id.removeprefix(FLAG) for flag in catalog.red_flags}
    incidents = [
        Statement(id=name, words=words)
        for name, words in INCIDENT_WORDS.items()
        if name in known and name not in same
    ]
    flags.sort(key=lambda statement: not statement.emergency)
    return (*flags, *incidents)


def next_steps(statement_id: str, country: str) -> NextSteps:
    """What to do about one statement. Raises BadInput for one nobody offers."""
    said = next((s for s in statements() if s.id == statement_id), None)
    if said is None:
        raise BadInput(phrase("choose one line of the list"))
    catalog, emergency = load_catalog(), emergency_number(country)
    name = said.id.removeprefix(FLAG)
    steps: list[str] = []
    headline = ""
    if said.id.startswith(FLAG):
        reading = read_red_flags([name], catalog.red_flags, emergency)
        headline = reading.plain
        steps += [finding.plain for finding in reading.findings]
    if any(step.incident == name for step in catalog.incident_steps):
        found = incident_steps(name, catalog.incident_steps, emergency).steps
        # “If you are hard to wake …” is for some; the headline is what holds for everybody.
        for_all = next((step for step in found if not step.plain.startswith("If ")), found[0])
        headline = headline or URGENCY_WORDS.get(str(for_all.urgency), "")
        steps += [finding.plain for finding in found]
    return NextSteps(
        statement=said,
        headline=headline,
        steps=tuple(dict.fromkeys(steps)),
        record_as=RECORDED_AS.get(name, name),
    )
