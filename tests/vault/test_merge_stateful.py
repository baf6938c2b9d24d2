"""Three copies of one diary, written to, corrected, erased and merged in any order."""

import shutil
import tempfile
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from landward.model.entries import Entry
from landward.model.journal import Copy, family, join, standing
from landward.vault import merging
from landward.vault.checking import check_vault
from landward.vault.erasure import erase_entries
from tests.vault.conftest import NOW, PASSPHRASE, make_entry, make_vault, reopen

COPY = st.integers(0, 2)
PICK = st.integers(0, 10_000)


class Copies(RuleBasedStateMachine):
    """The model beside the vaults: per copy, a set of entries and a set of erased ids."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.paths = [self.folder / f"{n}.vault" for n in range(3)]
        make_vault(self.paths[0]).lock()
        for path in self.paths[1:]:
            shutil.copytree(self.paths[0], path)
        self.vaults = [reopen(path) for path in self.paths]
        self.model: list[tuple[dict[str, Entry], set[str]]] = [({}, set()) for _ in range(3)]
        self.number = 0

    def teardown(self) -> None:
        for vault in self.vaults:
            vault.lock()
        shutil.rmtree(self.folder)

    def _new(self, **given: object) -> Entry:
        self.number += 1
        return make_entry(self.number % 7, **given)

    @rule(copy=COPY)
    def write(self, copy: int) -> None:
        entry = self._new()
        self.vaults[copy].append([entry])
        self.model[copy][0][entry.id] = entry

    @rule(copy=COPY, pick=PICK, kind=st.sampled_from(["note", "retraction"]))
    def correct(self, copy: int, pick: int, kind: str) -> None:
        known = sorted(self.model[copy][0])
        if known:
            says = {} if kind == "retraction" else {"text": "corrected"}
            entry = self._new(replaces=(known[pick % len(known)],), kind=kind, says=says)
            self.vaults[copy].append([entry])
            self.model[copy][0][entry.id] = entry

    @rule(copies=st.tuples(COPY, COPY), pick=PICK)
    def import_the_same_row_elsewhere(self, copies: tuple[int, int], pick: int) -> None:
        for number, copy in enumerate(copies):
            entry = self._new(id=f"{pick % 3:032x}", device=f"device{number}", seq=pick % 5)
            entries, erased = self.model[copy]
            if self.vaults[copy].append([entry]):
                assert entry.id not in erased and entry.id not in entries
                entries[entry.id] = entry

    @rule(copy=COPY, pick=PICK)
    def erase(self, copy: int, pick: int) -> None:
        entries, erased = self.model[copy]
        known = sorted(entries)
        if known:
            chosen = known[pick % len(known)]
            gone = {entry.id for entry in family(entries.values(), [chosen])}
            assert {e.id for e in erase_entries(self.vaults[copy], [chosen])} == gone
            erased |= gone
            for entry_id in gone:
                del entries[entry_id]

    @rule(into=COPY, source=COPY)
    def merge(self, into: int, source: int) -> None:
        if into != source:
            before = set(self.model[into][0])
            joined = merging.merge_vaults(self.vaults[into], self.vaults[source])
            self._model_merge(into, source)
            assert joined.added == len(set(self.model[into][0]) - before), "what is said to be new"

    def _model_merge(self, into: int, source: int) -> None:
        mine, theirs = self.model[into], self.model[source]
        erased = mine[1] | theirs[1]
        entries: dict[str, Entry] = {}
        for entry in (*mine[0].values(), *theirs[0].values()):
            if entry.id in erased:
                continue
            known = entries.setdefault(entry.id, entry)
            key = (entry.recorded_at, entry.device, entry.seq, entry.to_line())
            if key < (known.recorded_at, known.device, known.seq, known.to_line()):
                entries[entry.id] = entry
        self.model[into] = (entries, erased)

    @rule(copy=COPY)
    def close_and_reopen(self, copy: int) -> None:
        self.vaults[copy].lock()
        self.vaults[copy] = reopen(self.paths[copy], PASSPHRASE)

    @rule()
    def merge_everything_both_ways_round(self) -> None:
        """After each took in each, all three are equal, whatever the order was."""
        for into, source in ((0, 1), (0, 2), (2, 0), (1, 2), (1, 0), (2, 1)):
            merging.merge_vaults(self.vaults[into], self.vaults[source])
            self._model_merge(into, source)
        assert len({vault.head() for vault in self.vaults}) == 1

    @invariant()
    def vaults_are_their_models(self) -> None:
        for vault, (entries, _) in zip(self.vaults, self.model, strict=True):
            assert {e.id: e for e in vault.entries()} == entries
            assert check_vault(vault, now=NOW).problems == ()


TestCopies = Copies.TestCase
TestCopies.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)

# ---- the pure rules behind it -------------------------------------------------------------

ENTRY = st.builds(
    lambda n, seq, device, replaces: make_entry(
        seq, id=f"{n:032x}", device=device, replaces=tuple(f"{r:032x}" for r in replaces)
    ),
    n=st.integers(0, 9),
    seq=st.integers(0, 3),
    device=st.sampled_from(["a", "b"]),
    replaces=st.frozensets(st.integers(0, 9), max_size=2),
)
COPIES = st.builds(
    Copy,
    entries=st.lists(ENTRY, max_size=8).map(tuple),
    tombstones=st.frozensets(st.integers(0, 9).map(lambda n: f"{n:032x}"), max_size=2),
)


@settings(max_examples=150, deadline=None)
@given(a=COPIES, b=COPIES, c=COPIES)
def test_joining_is_idempotent_commutative_and_associative(a: Copy, b: Copy, c: Copy) -> None:
    assert join(a, a) == join(a) == join(join(a))
    assert join(a, b) == join(b, a)
    assert join(a, join(b, c)) == join(join(a, b), c) == join(a, b, c)


@settings(max_examples=100, deadline=None)
@given(copies=st.lists(COPIES, min_size=1, max_size=3))
def test_what_is_erased_anywhere_is_nowhere(copies: list[Copy]) -> None:
    joined = join(*copies)
    gone = set().union(*(copy.tombstones for copy in copies))
    assert not gone & {entry.id for entry in joined.entries}
    assert not gone & {entry.id for entry in standing(joined.entries).entries}
