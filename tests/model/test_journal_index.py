"""The index of what stands grows entry by entry and always says what the whole journal says."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.model.test_diary_with_entry import bodies

from landward.model.bodies import CheckIn, DoseTaken, Note, Retraction
from landward.model.diary import bodies_on, fold
from landward.model.entries import Entry
from landward.model.journal import RETRACTION, JournalIndex, standing
from making import START, entry

KEYS = [str(number) for number in range(8)]
IDS = [entry(Note(text="x"), key=key).id for key in KEYS]
DAYS = [START + dt.timedelta(days=number) for number in range(3)]


def by_hand(journal: list[Entry]) -> list[Entry]:
    """What stands, written down as the rule itself: nobody names it, and it takes nothing back."""
    named = {target for one in journal for target in one.replaces}
    kept = [one for one in journal if one.id not in named and one.kind != RETRACTION]
    return sorted(kept, key=lambda one: one.order)


class Growing(RuleBasedStateMachine):
    """Entries arrive in any order, on the one side or sealed over it, some of them twice."""

    @initialize()
    def begin(self) -> None:
        self.journal: list[Entry] = []
        self.sealed: list[Entry] = []
        self.index = JournalIndex()

    @rule(
        key=st.sampled_from(KEYS),
        body=bodies(),
        day=st.sampled_from(DAYS),
        replaces=st.lists(st.sampled_from(IDS), max_size=2),
        minute=st.integers(0, 2),
        sealed=st.booleans(),
    )
    def arrives(
        self, key: str, body: object, day: dt.date, replaces: list[str], minute: int, sealed: bool
    ) -> None:
        one = entry(body, day, key=key, minute=minute, replaces=tuple(replaces))
        known = any(other.id == one.id for other in self.everything())
        if sealed:
            if not known:
                self.sealed.append(one)
        elif not any(other.id == one.id for other in self.sealed):
            assert self.index.add(one) is not known
            if not known:
                self.journal.append(one)

    @rule()
    def drains(self) -> None:
        for one in self.sealed:
            self.index.add(one)
            self.journal.append(one)
        self.sealed.clear()

    def everything(self) -> list[Entry]:
        return [*self.journal, *self.sealed]

    @invariant()
    def says_what_the_whole_journal_says(self) -> None:
        index = JournalIndex(self.sealed).over(self.index)
        shown, whole = by_hand(self.everything()), standing(self.everything())
        assert index.standing() == whole
        assert list(whole.entries) == shown
        assert fold(self.everything()).conflicts == whole.conflicts
        for day in DAYS:
            assert list(index.on(day)) == [one for one in shown if one.date == day]
            gone = [e for e in self.everything() if e.date == day and e not in shown]
            assert list(index.was_on(day)) == sorted(
                (e for e in gone if e.kind != RETRACTION), key=lambda e: e.order
            )
        for one in self.everything():
            assert index.entry(one.id) == one and one.id in index
            named = any(one.id in other.replaces for other in self.everything())
            assert index.stands(one.id) is not named
            assert set(index.ended_by(one.id)) == {
                other for other in self.everything() if one.id in other.replaces
            }
        assert list(index.of_kinds({"note", "dose_taken"})) == [
            one for one in shown if one.kind in {"note", "dose_taken"}
        ]
        assert len(index) == len(self.everything())


TestGrowing = Growing.TestCase
TestGrowing.settings = settings(
    max_examples=40,
    stateful_step_count=14,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],  # a timing never fails a test
)


def dose(mg: str, key: str, *, replaces: tuple[str, ...] = (), device: str = "laptop") -> Entry:
    body = DoseTaken(drug="diazepam", dose_mg=mg)
    return entry(body, key=key, replaces=replaces, device=device)


def test_two_corrections_from_two_devices_both_stand_until_one_names_both() -> None:
    wrong = dose("25", "wrong")
    here = dose("2.5", "here", replaces=(wrong.id,))
    there = dose("2", "there", replaces=(wrong.id,), device="phone")
    index = JournalIndex([wrong, there, here])
    assert index.successors(wrong.id) == index.rivals(here.id) == (here, there)
    assert index.on(START) == (here, there)
    right = dose("2.5", "right", replaces=(here.id, there.id))
    index.add(right)
    assert index.on(START) == index.successors(wrong.id) == (right,)
    assert set(index.was_on(START)) == {wrong, here, there}


def test_what_was_taken_back_has_no_successor() -> None:
    wrong = dose("25", "wrong")
    back = entry(Retraction(), key="back", replaces=(wrong.id,))
    index = JournalIndex([back, wrong])  # the retraction came first
    assert index.successors(wrong.id) == () and not index.stands(wrong.id)
    assert index.rivals(wrong.id) == () and index.ended_by(wrong.id) == (back,)


def test_entries_that_replace_each_other_in_a_circle_end_the_search() -> None:
    first = dose("1", "a", replaces=(dose("2", "b").id,))
    second = dose("2", "b", replaces=(first.id,))
    index = JournalIndex([first, second])
    assert index.successors(first.id) == () and index.on(START) == ()


def test_a_sealed_correction_hides_what_it_replaces_beneath() -> None:
    said = entry(CheckIn(mode="unwell"), key="said")
    beneath = JournalIndex([said])
    better = entry(CheckIn(mode="resting"), key="better", replaces=(said.id,))
    over = JournalIndex([better]).over(beneath)
    assert [body.mode for _, body in bodies_on(over, START, CheckIn)] == ["resting"]
    assert [body.mode for _, body in bodies_on(beneath, START, CheckIn)] == ["unwell"]


@given(st.permutations(range(4)))
def test_a_chain_of_corrections_has_one_end_whatever_comes_first(order: list[int]) -> None:
    chain = [dose("1", "0")]
    for number in range(1, 4):
        chain.append(dose(str(number + 1), str(number), replaces=(chain[-1].id,)))
    index = JournalIndex(chain[place] for place in order)
    assert all(index.successors(one.id) == (chain[3],) for one in chain)
