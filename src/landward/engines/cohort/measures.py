"""The measures by name: what each one is after, what it takes for granted, what it cannot say."""

from collections.abc import Mapping
from dataclasses import dataclass

from landward.engines.cohort.cells import Cell, Reduced
from landward.engines.cohort.course import estimate_course
from landward.engines.cohort.cuts import estimate_cuts
from landward.engines.cohort.duration import estimate_duration
from landward.engines.cohort.numbness import estimate_numbness
from landward.engines.cohort.pace import estimate_pace
from landward.engines.cohort.pooled import estimate_pooled
from landward.engines.cohort.prevalence import estimate_drugs, estimate_prevalence
from landward.model.said import phrase
from landward.model.study import MeasureName, MeasureSpec


@dataclass(frozen=True)
class Meaning:
    """What is estimated, under which assumptions, and what no reader may take from it."""

    estimand: str
    assumptions: str
    cannot_say: str


MEANINGS: Mapping[MeasureName, Meaning] = {
    "prevalence": Meaning(
        phrase(
            "The share of people who had the item on enough days of the window: of "
            "those asked, and beside it of everyone in the group."
        ),
        phrase("People asked about the item are like those not asked; the bounds drop this."),
        phrase(
            "That a drug or its withdrawal made the item happen: there are no people "
            "without the drug here. That people who keep no diary fare the same."
        ),
    ),
    "duration": Meaning(
        phrase(
            "Of the people whose item was seen to begin (or who had it at their last "
            "dose), the share that has it still after so many days; spells with "
            "quiet gaps count as one."
        ),
        phrase(
            "Those not followed to the end are like those who were; the bounds drop "
            "this. An item not seen for the quiet days (28 unless said otherwise) "
            "has ended."
        ),
        phrase(
            "How long it lasts in everyone: people who had it before their diary "
            "began are counted and left out. How long it lasts in people who did not "
            "have it at their last dose, where that clock is used. That it will not "
            "come back. What one person should expect."
        ),
    ),
    "course": Meaning(
        phrase(
            "How much harder the week of a cut and the weeks after it are than the "
            "same person's weeks alike (same level the week before, no cut), in "
            "points of the day's answer."
        ),
        phrase(
            "Given how the week before was, whether a cut came then had nothing to "
            "do with how the next weeks would have been anyway. A cut in mid-week "
            "counts for its whole week."
        ),
        phrase(
            "That the cut made the difference: something else may have come with it. "
            "What a cut would do in a person who never made one in such a week. "
            "Later weeks compare cutting then with not yet: in the weeks alike a cut "
            "may have come since, so they can look easier."
        ),
    ),
    "cuts": Meaning(
        phrase(
            "Days with the item in the weeks after a cut, over the days expected "
            "from the same person's other weeks."
        ),
        phrase(
            "What stays the same in a person cancels out. Having the item does not "
            "itself put off or bring on a cut, and nothing else changes from week to "
            "week along with cuts."
        ),
        phrase(
            "That cuts bring the item on. Anything about people who never had it, "
            "who never cut, or who had no other weeks: they say nothing here."
        ),
    ),
    "pace": Meaning(
        phrase(
            "Mean severity of the four weeks after a fast cut minus that after a "
            "slow one, among people who cut, where the four weeks before were alike."
        ),
        phrase(
            "Given the four weeks before, who cut fast and who cut slowly would "
            "otherwise have fared the same."
        ),
        phrase(
            "Which pace is right for anyone. How much of it is that people who cut "
            "fast are often done and cut less in the weeks counted; so nothing is "
            "claimed. Whether those who slowed down would have fared the same at "
            "another pace: they may have slowed for reasons no diary holds."
        ),
    ),
    "pooled": Meaning(
        phrase(
            "The mean over people of their own difference between weeks after a cut "
            "and their other weeks, and the range nine of ten new people would show."
        ),
        phrase(
            "People's own differences are draws from one spread. Weeks are compared "
            "as they came: who cuts after easy weeks makes the difference look "
            "larger."
        ),
        phrase(
            "That every person differs in this direction: the second range says how many may not."
        ),
    ),
    "numbness": Meaning(
        phrase(
            "The mean over people of the share of their asked days with the item, "
            "before the first cut, while cutting and once stopped; and the "
            "differences within people seen in both."
        ),
        phrase(
            "Days asked are like days not asked. Phases follow each other, so time "
            "itself differs between them."
        ),
        phrase(
            "That cutting or stopping makes it come or go: time, season and other "
            "treatment change too. Anything about people who left before a phase "
            "began."
        ),
    ),
    "drugs": Meaning(
        phrase(
            "Each drug's share of these people over its share of prescriptions; the "
            "item's prevalence by drug; and the prevalence if drugs were spread as "
            "prescriptions are."
        ),
        phrase(
            "Prescription shares are of the same drugs, place and time as these "
            "people. People on one drug are no likelier to join than people on "
            "another, beyond what the bounds allow."
        ),
        phrase(
            "That one drug is worse than another: doses, reasons for prescribing and "
            "who joins differ by drug. A drug often named here may only be often "
            "prescribed."
        ),
    ),
}


def estimate(
    reduced: Reduced,
    spec: MeasureSpec,
    items: Mapping[int, str],
    *,
    odds: float,
    range_: float,
    shares: Mapping[str, float] | None = None,
) -> list[Cell]:
    """Turn the whole numbers of any engine into cells.

    `items` are the numbers and names of the items asked for; `odds` how far selection may go;
    `range_` the length of the day's scale; `shares` the prescription shares, for `drugs`.
    """
    match spec.measure:
        case "prevalence":
            return estimate_prevalence(reduced, spec, items, odds)
        case "duration":
            return estimate_duration(reduced, spec, items, odds)
        case "numbness":
            return estimate_numbness(reduced, spec, items, odds)
        case "cuts":
            return estimate_cuts(reduced, spec, items, odds)
        case "drugs":
            return estimate_drugs(reduced, spec, items, odds, shares or {})
        case "course":
            return estimate_course(reduced, spec, items, odds, range_)
        case "pace":
            return estimate_pace(reduced, spec, items, odds, range_)
        case "pooled":
            return estimate_pooled(reduced, spec, items, odds, range_)
