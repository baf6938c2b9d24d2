"""Something doubtful on a page is asked about once; the page sent again as it is means yes."""

import datetime as dt

from landward.app.diary.usual_dose import large_dose
from landward.model.base import BadInput, LandwardError
from landward.model.bodies import DoseTaken
from landward.model.identity import DrugWord
from landward.model.said import phrase
from landward.web.http.request_context import RequestContext

SPELT, SURE = "spelt", "sure"
FIELDS = (SPELT, SURE)
"""Hidden fields that hold what was asked about already."""


class AskOnce(BadInput):
    """A question instead of saving. The page keeps `answer` in the hidden `field`."""

    def __init__(self, question: str, field: str, answer: str) -> None:
        super().__init__(question)
        self.field, self.answer = field, answer


def ask_about_drug(context: RequestContext, meant: DrugWord) -> None:
    """Raises AskOnce for a medicine nobody knows whose name looks like a known one."""
    if meant.question and meant.drug not in context.said_all(SPELT):
        how = phrase("Correct it, or save again to keep your own word")
        raise AskOnce(f"{meant.question} {how}", SPELT, meant.drug)


def ask_about_amount(context: RequestContext, body: DoseTaken, day: dt.date) -> None:
    """Raises AskOnce for an amount well above what is planned or prescribed."""
    large = large_dose(body, day, context.diary.me if context.diary else None, context.outside)
    asked = f"{body.drug} {body.dose_mg:f}"
    if large is not None and asked not in context.said_all(SURE):
        raise AskOnce(
            phrase("{question}. Correct it, or save again if it is right", question=large.question),
            SURE,
            asked,
        )


def already_asked(
    context: RequestContext, error: LandwardError | None = None
) -> tuple[tuple[str, str], ...]:
    """(field, answer) of everything this page was asked, for its hidden fields."""
    kept = [(field, answer) for field in FIELDS for answer in context.said_all(field)]
    if isinstance(error, AskOnce):
        kept.append((error.field, error.answer))
    return tuple(dict.fromkeys(kept))
