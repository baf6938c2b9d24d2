"""The claims ledger: what documents said, what studies say, the verdict and why, each by its id."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from landward.model.base import Frozen
from landward.model.knowledge import Claim, Verdict
from landward.model.said import Words, begun, phrase
from landward.report.fact_leaf import STANDING
from landward.report.verdicts import VERDICTS, WHY

DOCUMENTS: Mapping[str, str] = MappingProxyType(
    {
        "000": phrase("an article about feeling numb on these medicines"),
        "001": phrase("a clinic’s page of questions about lasting harm"),
        "002": phrase("an article about emotional numbness, whatever its reason"),
        "003": phrase("a personal blog about long-term use"),
        "004": phrase("an association’s page about symptoms that these medicines bring or raise"),
    }
)
"""The five lay documents the claims were taken from, by the number in a claim's id."""


class LedgerEntry(Frozen):
    """One claim. `said` is our paraphrase; `found` what studies say; `why` the rule it meets."""

    id: str
    said: str
    document: Words
    found: str
    verdict: Words
    why: Words
    note: str
    source: tuple[str, ...]
    standing: Words


class LedgerPart(Frozen):
    """All claims of one verdict."""

    verdict: Verdict
    heading: Words
    why: Words
    entries: tuple[LedgerEntry, ...]


def ledger(claims: Iterable[Claim]) -> tuple[LedgerPart, ...]:
    """The ledger by verdict, in the order of verdicts, then of the table."""
    by: dict[Verdict, list[LedgerEntry]] = {}
    for row in claims:
        if row.usable:
            by.setdefault(row.verdict, []).append(ledger_entry(row))
    return tuple(
        LedgerPart(verdict=verdict, heading=words, why=WHY[verdict], entries=tuple(by[verdict]))
        for verdict, words in VERDICTS.items()
        if verdict in by
    )


def ledger_entry(row: Claim) -> LedgerEntry:
    """One claim of the ledger."""
    return LedgerEntry(
        id=row.id,
        said=row.claim,
        document=begun(DOCUMENTS.get(row.document, row.document)),
        found=row.finding,
        verdict=VERDICTS[row.verdict],
        why=WHY[row.verdict],
        note=row.note,
        source=row.source,
        standing=STANDING[row.status],
    )
