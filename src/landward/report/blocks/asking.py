"""What the person asks for, in their own words, and the boxes for whoever decides."""

from landward.model.bodies import PlanAdopted, Profile
from landward.model.diary import Diary
from landward.model.said import Words, phrase
from landward.model.visit import AGREED
from landward.report.blocks.block import Block
from landward.report.blocks.doses import drugs_shown
from landward.report.blocks.scope import Scope
from landward.report.blocks.shape import Asking
from landward.report.words import shortened

WORDS = 25
"""A request of more words than this is cut: a prescriber has a minute."""

LETTERS = 300
"""And of more letters, should a word have no end."""

DECISIONS = tuple(words for word, words in AGREED.items() if word != "nothing")


def has_medicine(scope: Scope) -> bool:
    """Whether a medicine is on record, whatever is shown of it."""
    plans = scope.diary.of(PlanAdopted)
    return bool(drugs_shown(scope)) or any(entry.date <= scope.last_day for entry, _ in plans)


def kept_request(diary: Diary) -> str:
    """The request that the profile holds; empty where none was kept."""
    profiles = (body.fields for _, body in diary.of(Profile))
    return next((f["request"] for f in reversed(list(profiles)) if "request" in f), "")


def asked_for(scope: Scope) -> Asking | None:
    """The request as it was passed in, else the profile's; None where there is nothing to ask."""
    said = kept_request(scope.diary) if scope.request is None else scope.request
    answers = DECISIONS if has_medicine(scope) else ()
    words = _short(said)
    return Asking(words=words, answers=answers) if words or answers else None


def _short(request: str) -> Words:
    words = request.split()
    whole = shortened(" ".join(words[:WORDS]), LETTERS, word=40)
    if len(words) <= WORDS:
        return whole
    return phrase("{whole} … (the first {many} words)", whole=whole, many=WORDS)


REQUEST = Block[Asking | None](
    name="request",
    title=phrase("What I ask"),
    words=phrase("my request"),
    build=asked_for,
    show=lambda asking, _rows: asking or Asking(),
    nothing=None,
    empty=phrase("Nothing is asked."),
)
