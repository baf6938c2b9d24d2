"""What every page of a plan asks for: its draft, the tables, the person's country."""

from starlette.responses import Response

from landward.app.library.tables import Catalog, load_catalog
from landward.app.plan.draft_plan import plan_of, questions_of
from landward.app.plan.drafts import PlanDraft, draft, keep_draft
from landward.app.plan.safe_planning import answers_of
from landward.app.plan.taper import PlanAnswer
from landward.app.read.medicines import medicines_of
from landward.web.http.request_context import RequestContext

MINE = "d"
"""The field that says which draft a page is about."""


def tables() -> Catalog:
    """The reviewed tables."""
    return load_catalog()


def draft_of(context: RequestContext) -> PlanDraft:
    """The draft a page is about. Raises BadInput where it is gone."""
    return draft(context.reading.vault, context.said(MINE) or context.asked(MINE))


def typed_into(context: RequestContext, one: PlanDraft, names: tuple[str, ...]) -> PlanDraft:
    """The draft with what the form said of some fields; those that came without a word are empty.

    A name that ends in a colon stands for every field that begins with it.
    """
    fields = {name: context.said_all(name) for name in names if not name.endswith(":")}
    for start in (name for name in names if name.endswith(":")):
        fields |= {name: () for name in one.fields if name.startswith(start)}
        fields |= {name: (context.said(name),) for name in context.form if name.startswith(start)}
    return keep_draft(context.reading.vault, one.saying(fields))


def planned(context: RequestContext, one: PlanDraft) -> PlanAnswer:
    """The plan of a draft. Raises NotYet, at the question that is open."""
    facts, me = tables(), context.reading.me
    drug = facts.drug_called(one.said("drug"))
    medicine = medicines_of(context.reading).of(drug.id) if drug is not None else None
    country = context.settings.country
    return plan_of(
        facts, one, answers_of(me), today=context.today, country=country, medicine=medicine,
        diary=context.reading.diary,
    )  # fmt: skip


def address(question: str, one: PlanDraft) -> str:
    """Where a question of a draft is asked."""
    return f"/plan/{question}?{MINE}={one.id}"


def next_of(question: str, one: PlanDraft) -> str:
    """Where the next question is asked; after the last, where the draft is shown."""
    asked = questions_of(one)
    place = asked.index(question) + 1
    return address(asked[place], one) if place < len(asked) else address("draft", one)


def number_of(question: str, one: PlanDraft) -> int:
    """Which of the four questions it is, from 1."""
    return questions_of(one).index(question) + 1


def handed(content: bytes, name: str, media_type: str) -> Response:
    """A file to save or print."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
