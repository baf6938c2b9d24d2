"""What is taken beside a drug: looked up by the names on the box; unknown is said, not hidden."""

from collections.abc import Iterable, Mapping, Sequence

from landward.model.safety import Finding, Interaction, InteractionReading, InteractionWord
from landward.model.said import phrase

_SEVERITY = {"danger": 0, "caution": 1, "none": 2}
_OTHER_SEDATIVES = phrase("other sedatives")
_SAME_MEDICINE = phrase("the same medicine under another name")


def partner_words(
    words: Sequence[InteractionWord], sedatives: Iterable[str] = (), same: Iterable[str] = ()
) -> dict[str, tuple[str, ...]]:
    """From names as people write them to the partners of the table.

    `sedatives` are names of other drugs of the same kind (benzodiazepines and Z-drugs), which
    count as other sedatives; `same` are names of the drug itself, whose doses add up.
    """
    found: dict[str, dict[str, None]] = {}
    for word in words:
        found.setdefault(_fold(word.word), {})[word.partner] = None
    for name in sedatives:
        found.setdefault(_fold(name), {})[_OTHER_SEDATIVES] = None
    for name in same:
        found.setdefault(_fold(name), {})[_SAME_MEDICINE] = None
    return {word: tuple(partners) for word, partners in found.items()}


def screen_interactions(
    drug: str,
    beside: Sequence[str],
    rules: Sequence[Interaction],
    words: Mapping[str, Sequence[str]] | None = None,
) -> InteractionReading:
    """What the rules say about taking `beside` (medicines, substances, conditions) with a drug.

    Dangers first, then by the order of `rules`. A name without any rule for this drug is listed
    in `unknown`: that the tables are silent does not make it safe.
    """
    synonyms = words or {}
    findings: dict[str, tuple[int, int, Finding]] = {}
    unknown = []
    for name in dict.fromkeys(beside):
        partners = {_fold(name), *(_fold(partner) for partner in synonyms.get(_fold(name), ()))}
        fitting = [
            (place, rule)
            for place, rule in enumerate(rules)
            if rule.drug in {"", drug} and _fold(rule.partner) in partners
        ]
        for place, rule in fitting:
            findings[rule.id] = (_SEVERITY[rule.severity], place, Finding.of(rule, rule.plain))
        if not fitting and _fold(name) != _fold(drug):
            unknown.append(name)
    ordered = tuple(finding for _, _, finding in sorted(findings.values(), key=lambda f: f[:2]))
    return InteractionReading(findings=ordered, unknown=tuple(unknown), plain=_plain(unknown))


def _plain(unknown: Sequence[str]) -> str:
    if not unknown:
        return phrase(
            "Show this list to your pharmacist or prescriber; they see the whole picture."
        )
    names = ", ".join(unknown)
    return phrase(
        "Nothing is written here about {names}. That does not mean it is safe: ask a pharmacist.",
        names=names,
    )


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())
