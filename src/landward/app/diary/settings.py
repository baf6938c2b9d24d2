"""Every setting, declared once: name, kind, part of the page, words, default, who sees it locked.

Settings, its page, `landward settings`, the profile entry it is stored in and what may be seen
before unlocking are all made from these lines. A new setting is one line here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from landward.app.diary.setting import (
    ALWAYS,
    NEVER,
    Choice,
    Clock,
    Code,
    Day,
    Kept,
    Line,
    Number,
    Pins,
    Prose,
    Setting,
    Several,
    Tick,
    Zone,
)
from landward.app.library.help_now import countries
from landward.app.library.languages import language_names
from landward.model.questions import OPTIONAL, WEEKLY
from landward.model.registry import EachNameOnce, by_name
from landward.model.said import joined, phrase

ON_OFF = {"off": phrase("Off"), "on": phrase("On")}
WEEKDAYS = (
    phrase("Monday"),
    phrase("Tuesday"),
    phrase("Wednesday"),
    phrase("Thursday"),
    phrase("Friday"),
    phrase("Saturday"),
    phrase("Sunday"),
)
AGE_BANDS = ("", phrase("under 18"), "18–29", "30–44", "45–64", "65–79", phrase("80 or older"))
RATHER_NOT = phrase("Rather not say")


@dataclass(frozen=True, slots=True)
class Group:
    """One part of the page, folded until it is opened."""

    key: str
    title: str
    before: str = ""
    """A sentence above its settings."""
    after: str = ""
    """A sentence below them."""
    links: tuple[tuple[str, str], ...] = ()
    """Pages that belong here: (address, words)."""


GROUPS = (
    Group("look", phrase("How it looks")),
    Group(
        "rhythm",
        phrase("How often I write"),
        after=phrase("Nothing counts days in a row, and nothing reminds you unless you ask it to."),
    ),
    Group(
        "pins",
        phrase("Symptoms I watch"),
        before=phrase(
            "The first two are on Today; the others under “More”. Type to search, or use "
            "your own words."
        ),
    ),
    Group(
        "asked",
        phrase("More that Today may ask"),
        after=phrase(
            "One more tap on Today each, on a phone too once its page is made anew. Skip them "
            "whenever you like."
        ),
    ),
    Group("shown", phrase("What Journey shows")),
    Group("note", phrase("A note for a hard day")),
    Group("plan", phrase("Safety plan and emergency card")),
    Group(
        "me",
        phrase("About me"),
        links=(
            ("/origins", phrase("Was it so before the medicine? One symptom at a time")),
            ("/questions", phrase("Questions for safe planning, one at a time")),
        ),
    ),
    Group(
        "privacy",
        phrase("Privacy"),
        after=phrase("“Hide” at the top, or Escape pressed twice, shows an empty page at once."),
    ),
)


def _country_names() -> dict[str, str]:
    return {"": RATHER_NOT} | {country.code: country.name for country in countries()}


class Settings(metaclass=EachNameOnce):
    """The settings of one person, typed, over the texts their profile holds."""

    # ---- how it looks
    theme = Choice(
        "look",
        phrase("Light"),
        {
            "dim": phrase("Dim and warm"),
            "paper": phrase("Paper"),
            "contrast": phrase("High contrast"),
        },
        default="dim",
        locked=ALWAYS,
    )
    language = Choice(
        "look",
        phrase("Language"),
        language_names,
        default="en",
        hint=phrase("Other languages stand here once somebody has translated them."),
        locked=ALWAYS,
    )
    text_percent = Number(
        "look",
        phrase("Text size"),
        {size: f"{size} %" for size in ("100", "125", "150", "200")},
        default="100",
        locked=ALWAYS,
        stored="text",
    )

    # ---- what is asked
    rhythm = Choice(
        "rhythm",
        phrase("My rhythm"),
        {
            "daily": phrase("Every day"),
            "twice": phrase("Twice a week"),
            "weekly": phrase("Once a week"),
            "resting": phrase("Resting"),
        },
        default="daily",
    )
    weekday = Number(
        "rhythm",
        phrase("If not daily, on"),
        {str(number): name for number, name in enumerate(WEEKDAYS)},
        default="6",
    )
    pins = Pins("pins", phrase("Symptoms I watch"), locked="locked_page")
    asked = Several(
        "asked",
        phrase("Ask me this too"),
        {
            one.id: phrase(
                "{words} ({answers})", words=one.words, answers=joined(", ", one.answers)
            )
            for one in OPTIONAL
        },
        hint=joined(" ", (one.why for one in OPTIONAL)),
        locked=ALWAYS,
    )

    weekly = Several(
        "asked",
        phrase("On the page “This week’s feelings”"),
        dict(WEEKLY),
        hint=phrase(
            "None is asked until you choose it. That page waits under Journey until you open it. "
            "Love and what other people feel can hurt to be asked."
        ),
        locked=ALWAYS,
    )

    glimmer_link = Tick(
        "asked",
        phrase("A quiet link to “A glimmer” on Today"),
        locked=ALWAYS,
        hint=phrase("One tap when something reached you. Nothing ever asks for it."),
    )

    # ---- what is shown
    charts = Choice(
        "shown",
        phrase("Charts"),
        {"shown": phrase("Shown"), "hidden": phrase("Hidden until I ask")},
        default="shown",
    )
    journey_first = Choice(
        "shown",
        phrase("What stands first in Journey’s lanes"),
        {"hard": phrase("How hard each day was"), "feelings": phrase("Feelings that reached me")},
        default="hard",
    )
    spells = Choice(
        "shown",
        phrase("Windows and waves read from my answers"),
        ON_OFF,
        default="off",
        hint=phrase("Never for the newest three days. My own names stand first."),
    )
    lag = Choice(
        "shown",
        phrase("What followed dose changes"),
        ON_OFF,
        default="off",
        hint=phrase("After is not because. Some people sleep better without it."),
    )
    journey_from = Day(
        "shown",
        phrase("From here on: Journey begins with this day"),
        hint=phrase("Earlier days stay in the diary and out of sight. Empty: from the beginning."),
    )
    better_note = Prose("note", phrase("Written on a better day"))
    better_note_from = Number(
        "note",
        phrase("Open it by itself when the day was at least"),
        {str(hard): str(hard) for hard in range(5, 10)} | {"11": phrase("Never by itself")},
        default="11",
        hint=phrase("It waits folded under what you saved. Leave a blank line between two notes."),
    )
    family_card = Prose(
        "note",
        phrase("A card for family, for days on which you feel less"),
        hint=phrase("One line, one sentence. Empty: the usual words. Print it under Feelings."),
    )

    # ---- for an emergency
    plan_signs = Prose(
        "plan",
        phrase("How I notice it is getting dangerous"),
        rows=2,
        stored="plan.signs",
        locked="plan_outside",
    )
    plan_steps = Prose(
        "plan",
        phrase("What helps me through an hour"),
        rows=2,
        stored="plan.steps",
        locked="plan_outside",
    )
    plan_people = Prose(
        "plan",
        phrase("Who I call, with numbers"),
        rows=2,
        stored="plan.people",
        locked="plan_outside",
    )
    plan_safer = Prose(
        "plan",
        phrase("What I do to make home safer (fewer tablets at home)"),
        rows=2,
        stored="plan.safer",
        locked="plan_outside",
    )
    plan_outside = Tick("plan", phrase("Show my plan under “Help now” without the passphrase"))
    card = Prose(
        "plan",
        phrase("Emergency card"),
        locked="card_outside",
        hint=phrase("What a helper must know: medicine, illness, allergies, who to call."),
    )
    card_outside = Tick("plan", phrase("Show my card under “Help now” without the passphrase"))

    # ---- who it is about
    name = Line(
        "me",
        phrase("My name"),
        longest=80,
        hint=phrase("On the report and the letter, nowhere else. Empty means none."),
    )
    born = Day(
        "me",
        phrase("Date of birth"),
        hint=phrase("On the report, so that a clinic finds the right file."),
    )
    country = Code("me", phrase("Country"), _country_names, locked=ALWAYS)
    age_band = Choice("me", phrase("Age"), {band: band or RATHER_NOT for band in AGE_BANDS})
    zone = Zone(
        "me",
        phrase("Time zone"),
        locked=ALWAYS,
        hint=phrase(
            "Such as Europe/Berlin. Empty means this machine’s own. What is written "
            "already keeps the zone it was written in."
        ),
    )
    before = Prose("me", phrase("Symptoms before I ever took it"))
    attempts = Prose("me", phrase("Earlier tries to come off"))

    # ---- privacy
    locked_page = Choice(
        "privacy",
        phrase("Before unlocking, the app may show"),
        {"named": phrase("My symptom names and dose"), "plain": phrase("Nothing about me")},
        default="plain",
    )
    doses_outside = Tick(
        "privacy", phrase("While locked, say that a dose was written here today: a time, no name")
    )
    lock_after_min = Number(
        "privacy",
        phrase("Lock by itself after"),
        {
            "2": phrase("2 minutes"),
            "5": phrase("5 minutes"),
            "10": phrase("10 minutes"),
            "30": phrase("Half an hour"),
            "60": phrase("An hour"),
            "0": phrase("Never"),
        },
        default="10",
    )
    app_name = Line(
        "privacy",
        phrase("Another name for the app"),
        longest=24,
        locked=ALWAYS,
        hint=phrase("Shown on every page and in the browser’s tab. Empty means Landward."),
    )
    day_starts_at = Clock("privacy", phrase("My day turns at"), default="04:00", locked=ALWAYS)

    # ---- what Landward remembers
    names = Kept("", phrase("The person's own words for items, as a JSON object"), default="{}")
    setup = Kept("", phrase("The day the diary was begun"))
    supervision_asked = Kept("", "The day a question for safe planning was last offered")

    def __init__(self, texts: Mapping[str, str] = MappingProxyType({})) -> None:
        self.texts = texts
        """Every stored text by name, those of a newer Landward included."""

    def text(self, name: str) -> str:
        """The text stored under a name, else the default."""
        return self.texts[name] if name in self.texts else DEFAULTS.get(name, "")

    @property
    def unknown(self) -> tuple[str, ...]:
        """Names stored by another version of Landward: kept, and used by nothing here."""
        return tuple(
            name for name in self.texts if name not in BY_NAME and not name.startswith(ANSWERS)
        )

    @property
    def seen_while_locked(self) -> dict[str, str]:
        """The texts other than the defaults that may be seen before unlocking."""
        return {
            name: self.text(name)
            for name, setting in BY_NAME.items()
            if self.text(name) != setting.default and self._may_be_seen(setting)
        }

    def _may_be_seen(self, setting: Setting[object]) -> bool:
        if setting.locked in (ALWAYS, NEVER):
            return setting.locked == ALWAYS
        return self.text(setting.locked) in ("yes", "named")


BY_NAME: Mapping[str, Setting[object]] = by_name(
    "settings",
    [found for found in vars(Settings).values() if isinstance(found, Setting)],
    lambda setting: setting.name,
)
"""Every setting by the name it is stored under, in the order of the page."""

DEFAULTS: Mapping[str, str] = MappingProxyType(
    {name: setting.default for name, setting in BY_NAME.items()}
)
"""What holds until the person says otherwise."""

ANSWERS = ("supervision.", "origin.", "numbing.")
"""Fields of the profile that are answers to questions, each with a page of its own."""


def shown_in(group: str) -> tuple[Setting[object], ...]:
    """The settings of one part of the page, in order."""
    return tuple(setting for setting in BY_NAME.values() if setting.group == group)


def locked_words() -> str:
    """Who sees what before unlocking, in a sentence made from the settings themselves."""
    always = [
        phrase("“{words}”", words=one.words) for one in BY_NAME.values() if one.locked == ALWAYS
    ]
    return phrase(
        "Seen while locked, always: {always}. Answers and notes are never seen.",
        always=joined(", ", always),
    )
