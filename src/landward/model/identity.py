"""One thing, one name: which drug a word means, and which item an id of an earlier Landward means.

A person's own word is kept: what was written stays in the journal to the letter, and is only *read*
under the one name that everything else uses. A name nobody knows stays itself, never a look-alike.
Pure: who knows the words for drugs is passed in (`catalog.names` owns that rule).
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeVar, cast

from landward.model.base import Frozen
from landward.model.bodies import (
    Answers,
    Body,
    DoseTaken,
    Feelings,
    PlanAdopted,
    PlanStep,
    Prescription,
    Profile,
    read_body,
)
from landward.model.entries import Entry
from landward.model.item_ids import earlier_ids, item_of
from landward.model.said import phrase

BodyT = TypeVar("BodyT", DoseTaken, Prescription)

DrugOf = Callable[[str], str]
"""A word for a drug -> the name it goes by; the word itself where nobody knows it."""


def as_written(word: str) -> str:
    """A word for a drug as it is kept: without capitals and outer blanks."""
    return " ".join(word.casefold().split())


def _itself(word: str) -> str:
    return word


class DrugWord(Frozen):
    """What a word for a drug means: the drug's name, and the person's own word beside it."""

    drug: str
    own_word: str = ""
    near: tuple[str, ...] = ()
    """Drugs whose names look like a word the tables do not know: to ask about, never to take."""
    known: bool = True
    """Whether the tables know the word; true where nobody looked it up."""

    @property
    def words(self) -> str:
        """“diazepam (Valium)”."""
        return drug_words(self.drug, self.own_word)

    @property
    def question(self) -> str:
        """What to ask about a word nobody knows, where a name looks like it; "" otherwise."""
        if not self.near:
            return ""
        meant = " or ".join(self.near)
        return phrase(
            "the tables know no medicine called “{drug}”. Did you mean {meant}?",
            drug=self.drug,
            meant=meant,
        )

    @property
    def remark(self) -> str:
        """What to say once of a word the tables do not know; "" for one they know."""
        if self.known or self.near:
            return self.question
        return phrase("“{drug}” is not in our tables; kept as you wrote it.", drug=self.drug)


def meant_as_written(word: str) -> DrugWord:
    """A word for a drug that nobody looked up."""
    return DrugWord(drug=as_written(word))


@dataclass(frozen=True, slots=True)
class Names:
    """What the words of a journal mean: words for drugs, and ids of items from earlier versions."""

    drug_of: DrugOf = _itself
    items: Mapping[str, str] = field(default_factory=dict)

    def read(self, entry: Entry) -> Body | None:
        """The typed body of an entry under the names everything uses; see `read_body`."""
        body = read_body(entry)
        if isinstance(body, DoseTaken):
            return self._drug(body)
        if isinstance(body, Prescription):
            return self._drug(body)
        if isinstance(body, PlanStep):
            return body.model_copy(update={"drug": self.drug_of(body.drug)})
        if isinstance(body, Answers):
            return self._items(body) if self.items and not isinstance(body, Feelings) else body
        if isinstance(body, PlanAdopted):
            return self._plan(body)
        return self._pins(body) if self.items and isinstance(body, Profile) else body

    @property
    def reader(self) -> Callable[[Entry], Body | None]:
        """`read`, or what it comes to where no word means anything but itself."""
        return read_body if self.drug_of is _itself and not self.items else self.read

    def knowing(self, labels: Mapping[str, str]) -> "Names":
        """These names, and the earlier ids of the symptoms a person named (`labels`, by id)."""
        return replace(self, items=item_aliases(labels))

    def _drug(self, body: BodyT) -> BodyT:
        drug = self.drug_of(body.drug)
        if drug == body.drug:
            return body
        own = body.own_word or ("" if as_written(body.drug) == drug else body.drug)
        return body.model_copy(update={"drug": drug, "own_word": own})

    def _items(self, body: Answers) -> Answers:
        new = self.items
        if new.keys().isdisjoint(body.asked):
            return body
        known = set(body.asked)

        def renamed(name: str) -> str:
            better = new.get(name, name)
            return name if better in known else better

        def each(names: Iterable[str]) -> tuple[str, ...]:
            return tuple(map(renamed, names))

        return body.model_copy(
            update={
                "asked": each(body.asked),
                "answers": {renamed(item): value for item, value in body.answers.items()},
                "scales": {renamed(item): scale for item, scale in body.scales.items()},
                "declined": each(body.declined),
                "no_occasion": each(body.no_occasion),
                "too_much": each(body.too_much),
            }
        )

    def _plan(self, body: PlanAdopted) -> PlanAdopted:
        said = _object(body.plan)
        plan = said.get("plan", said)  # as a file packs it, or as plain JSON
        word = plan.get("drug") if isinstance(plan, dict) else None
        if not isinstance(word, str) or (drug := self.drug_of(word)) == word:
            return body
        renamed = {**plan, "drug": drug}
        text = json.dumps({**said, "plan": renamed} if "plan" in said else renamed)
        return body.model_copy(update={"plan": text})

    def _pins(self, body: Profile) -> Profile:
        """The profile under today's ids: which symptoms are pinned, and what they are called."""
        new, fields = self.items, dict(body.fields)
        if pins := fields.get("pins"):
            fields["pins"] = " ".join(dict.fromkeys(new.get(item, item) for item in pins.split()))
        if told := fields.get("names"):
            words = {new.get(item, item): words for item, words in _object(told).items()}
            fields["names"] = json.dumps(words, ensure_ascii=False)
        return body if fields == body.fields else body.model_copy(update={"fields": fields})


AS_WRITTEN = Names()
"""Nothing looked up: for a journal whose drugs are named as the tables name them."""


def labels_in(profiles: Iterable[Profile]) -> dict[str, str]:
    """The person's own words for items, by id, from their profile; the last word counts."""
    labels: dict[str, str] = {}
    for profile in profiles:
        if told := profile.fields.get("names"):
            labels |= {str(key): str(words) for key, words in _object(told).items()}
    return labels


def item_aliases(labels: Mapping[str, str]) -> Mapping[str, str]:
    """Ids that earlier versions gave to the symptoms a person named -> the id of today.

    An id that could have come from two of the names is left as it is.
    """
    return _aliases(tuple(sorted(labels.items())))


@lru_cache(maxsize=16)
def _aliases(labels: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    of_today = {item_of(words) for _, words in labels}
    meant: dict[str, set[str]] = {}
    for _, words in labels:
        for earlier in earlier_ids(words):
            meant.setdefault(earlier, set()).add(item_of(words))
    return MappingProxyType(
        {
            earlier: next(iter(ids))
            for earlier, ids in meant.items()
            if len(ids) == 1 and earlier not in of_today
        }
    )


def drug_words(drug: str, own_word: str) -> str:
    """A drug with the person's own word for it beside it: “diazepam (Valium)”."""
    own = own_word.strip()
    return f"{drug} ({own})" if own and as_written(own) != as_written(drug) else drug


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}
