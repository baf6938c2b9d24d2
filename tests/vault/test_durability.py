"""What the disk, the system and other programs can do to a vault, and what must be left after.

kill -9 ends a process while the system lives on; it is not a power cut, which no test here makes.
"""

import errno
import importlib.util
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from landward.model.base import LandwardError
from landward.vault import Vault, keys
from landward.vault.backup import make_backup
from landward.vault.cost import CHEAPEST
from landward.vault.errors import Busy, CouldNotSave
from landward.vault.file_lock import holding
from tests.vault.conftest import NOW, PASSPHRASE, bytes_of, make_entry, make_vault, reopen

NOBODY = 65534
BENCH = Path(__file__).parents[2] / "benchmarks" / "vault"


def harness(name: str) -> ModuleType:
    """The benchmark's own harness, run here with fewer rounds."""
    spec = importlib.util.spec_from_file_location(f"vault_bench_{name}", BENCH / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the resident writer is a forked process")
@pytest.mark.parametrize("sealed", [False, True], ids=["appended", "sealed"])
def test_fifty_kills_lose_nothing_that_was_acknowledged(tmp_path: Path, sealed: bool) -> None:
    tally = harness("crash").kill_rounds(tmp_path, 50, sealed=sealed, seed=2026)
    assert tally.rounds == 50 and tally.acknowledged > 25
    assert (tally.lost, tally.doubled, tally.corrupt) == (0, 0, 0), tally


def test_flipped_bytes_are_detected_or_harmless(path: Path, tmp_path: Path) -> None:
    with make_vault(path) as vault:
        vault.append([make_entry(n) for n in range(100)])
    Vault.seal(path, make_entry(1), now=NOW)
    flips = harness("flips")
    found = flips.flip_rounds(path, PASSPHRASE, 90, seed=7, work=tmp_path)
    assert found.wrong == []
    assert found.pages == set(range(found.pages_there)), "every page of the journal was hit"
    hits = {name: counts.total() for name, counts in found.by_file.items()}
    assert hits == {"journal.db": 45, "keys.json": 15, "a sealed entry": 15, "backup": 15}
    assert found.total(flips.REFUSED) + found.total(flips.ASIDE) > 70


def test_a_page_from_an_earlier_journal_is_found(path: Path) -> None:
    """A syncing tool that mixes old and new pages leaves authentic pages that do not fit."""
    with make_vault(path) as vault:
        vault.append([make_entry(n) for n in range(200)])
    old = (path / "journal.db").read_bytes()
    with reopen(path) as vault:
        vault.append([make_entry(n) for n in range(200, 400)])
    new = bytearray((path / "journal.db").read_bytes())
    told = 0
    for page in range(1, len(old) // 4096):
        mixed = bytearray(new)
        mixed[page * 4096 : (page + 1) * 4096] = old[page * 4096 : (page + 1) * 4096]
        (path / "journal.db").write_bytes(mixed)
        if mixed == new:
            continue
        try:
            from landward.vault.checking import check_vault

            with reopen(path) as vault:
                told += bool(check_vault(vault, now=NOW).problems)
        except LandwardError:
            told += 1
        else:
            continue
    changed = sum(
        old[p * 4096 : (p + 1) * 4096] != new[p * 4096 : (p + 1) * 4096]
        for p in range(1, len(old) // 4096)
    )
    assert told == changed > 0


# ---- the disk says no ---------------------------------------------------------------------


def in_child(code: str, path: Path, *, limit: int | None = None) -> str:
    """Run `code` in another process, perhaps with a limit on the size of files; its output."""

    def prepare() -> None:
        if limit is not None:
            import signal

            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    source = Path(__file__).parents[2]
    head = (
        "import sys, pathlib; sys.path[:0] = [sys.argv[2], sys.argv[2] + '/src']\n"
        "from tests.vault.conftest import *\n"
        "from landward.model.base import LandwardError\n"
        "from landward.vault import keys, backup\n"
        "path = pathlib.Path(sys.argv[1])\n"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", head + code, str(path), str(source)],
        capture_output=True,
        text=True,
        preexec_fn=prepare,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


TRY = """
from tests.vault.test_durability import attempts
for line in attempts(path):
    print(line)
"""


def attempts(path: Path) -> list[str]:
    """Try to change everything a vault has; what was said each time, then the notices."""
    said = []

    def attempt(act: Callable[[], object]) -> None:
        try:
            act()
            said.append("done")
        except LandwardError as error:
            said.append(f"{type(error).__name__} {error}")

    with reopen(path) as vault:
        before = vault.entries()
        attempt(
            lambda: vault.append([make_entry(n, says={"text": "x" * 20000}) for n in range(30)])
        )
        attempt(lambda: keys.set_passphrase(vault, "new", now=NOW, cost=CHEAPEST))
        attempt(lambda: make_backup(vault, path.parent / "b.backup", now=NOW))
        attempt(lambda: vault.remember("x", "y" * 300000))
        assert vault.entries() == before, "the open vault shows what was not saved"
        return [*said, *vault.notices]


def as_nobody(act: Callable[[], list[str]]) -> list[str]:
    """Run `act` in a forked child that is not root (root is stopped by no mode)."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            said = "\n".join(act())
        except BaseException as error:
            said = f"broke: {error!r}"
        os.write(writer, said.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as told:
        said = told.read()
    os.waitpid(child, 0)
    return said.splitlines()


def test_a_full_disk_gives_one_line_and_changes_nothing(path: Path) -> None:
    with make_vault(path) as vault:
        vault.append([make_entry(n) for n in range(50)])
        head = vault.head()
    size = (path / "journal.db").stat().st_size
    # keys.json still fits under the limit, so the change of passphrase goes through.
    lines = in_child(TRY, path, limit=size + 8192).splitlines()
    assert [line.split()[0] for line in lines] == [
        "CouldNotSave",
        "done",
        "done",
        "CouldNotSave",
    ], lines
    with reopen(path, "new") as vault:
        assert vault.head() == head


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None,
    reason="needs root to mount a small disk",
)
def test_a_really_full_disk() -> None:
    # Not in pytest's own folder: a test run beside this one cleans up there and cannot unmount.
    disk = Path(tempfile.mkdtemp())
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode != 0:
        disk.rmdir()
        pytest.skip("this container may not mount a disk; the size limit above covers it")
    try:
        path = disk / "v.vault"
        with make_vault(path) as vault:
            vault.append([make_entry(1)])
            with pytest.raises(CouldNotSave, match=r"disk is full|no space left"):
                while True:
                    vault.append([make_entry(2, says={"text": "x" * 20_000})])
            kept = vault.entries()
            (disk / "filler").write_bytes(b"")
            try:
                with (disk / "filler").open("wb") as filler:
                    while True:
                        filler.write(bytes(4096))
                        filler.flush()
            except OSError as error:
                assert error.errno == errno.ENOSPC
            with pytest.raises(CouldNotSave):
                keys.set_passphrase(vault, "new", now=NOW, cost=CHEAPEST)
            with pytest.raises(CouldNotSave):
                Vault.seal(path, make_entry(3), now=NOW)
            with pytest.raises(CouldNotSave):
                make_backup(vault, disk / "b.backup", now=NOW)
        (disk / "filler").unlink()
        with reopen(path) as vault:
            assert vault.entries() == kept
        assert sorted(p.name for p in disk.iterdir()) == ["v.vault"]
        assert sorted(p.name for p in path.iterdir()) == [
            "inbox", "journal.db", "keys.json", "lock", "turn",
        ]  # fmt: skip
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
        disk.rmdir()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_read_only_folder_gives_one_line_and_changes_nothing(tmp_path: Path) -> None:
    # pytest's own folder is closed to other users, and root is stopped by no mode.
    folder = Path(tempfile.mkdtemp())
    try:
        path = folder / "v.vault"
        with make_vault(path) as vault:
            vault.append([make_entry(1)])
        Vault.seal(path, make_entry(2), now=NOW)
        before = bytes_of(path)
        for file in (folder, path, *path.rglob("*")):
            file.chmod(0o555 if file.is_dir() else 0o444)
        lines = as_nobody(lambda: attempts(path))
        assert [line.split()[0] for line in lines[:4]] == ["CouldNotSave"] * 4, lines
        assert "stay sealed" in lines[4]
        assert bytes_of(path) == before
    finally:
        for file in (folder, *folder.rglob("*")):
            file.chmod(0o700)
        shutil.rmtree(folder)


def test_halves_left_by_killed_programs_go_after_a_day(path: Path) -> None:
    make_vault(path).lock()
    old, young = path / "inbox" / "a.b.c.part", path / ".keys.json.1234.part"
    for file, hours in ((old, 30), (young, 2)):
        file.write_bytes(b"half")
        when = NOW.timestamp() - hours * 3600
        os.utime(file, (when, when))
    reopen(path).lock()
    assert not old.exists() and young.exists()


# ---- two programs -------------------------------------------------------------------------


def test_two_programs_append_to_one_vault(path: Path) -> None:
    make_vault(path).lock()
    code = (
        "with reopen(path) as vault:\n"
        "    for n in range(30):\n"
        "        vault.append([make_entry(n)])\n"
        "    print('done')\n"
    )
    done: list[str] = []
    threads = [threading.Thread(target=lambda: done.append(in_child(code, path))) for _ in "ab"]
    for thread in threads:
        thread.start()
    with reopen(path) as vault:
        for number in range(30):
            vault.append([make_entry(number)])
        for thread in threads:
            thread.join()
        assert len(vault.entries()) == 90
    assert done == ["done\n"] * 2


def test_threads_share_one_vault(vault: Vault) -> None:
    def write() -> None:
        for number in range(20):
            vault.append([make_entry(number)])
            vault.entries()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(vault.entries()) == 80


def test_a_program_that_holds_the_vault_alone_is_waited_for_then_named(path: Path) -> None:
    make_vault(path).lock()
    vault = reopen(path)
    with (
        holding(path, alone=True),
        pytest.raises(Busy, match="another program uses this diary"),
        holding(path, patience_s=0.2),
    ):
        pass
    alone = threading.Event()

    def for_a_moment() -> None:
        with holding(path, alone=True):
            alone.set()
            time.sleep(0.4)

    other = threading.Thread(target=for_a_moment)
    other.start()
    assert alone.wait(60)
    assert vault.append([make_entry(1)]) == 1  # without being told, as nobody has to
    other.join()
    vault.lock()


def test_a_long_write_elsewhere_is_waited_for_then_named(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_vault(path).lock()
    monkeypatch.setattr("landward.vault.database.PATIENCE_S", 0.1)
    with reopen(path) as first, reopen(path) as second:
        first.connection().execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy, match="writing to this diary"):
            second.append([make_entry(1)])
        first.connection().execute("ROLLBACK")
        assert second.append([make_entry(1)]) == 1
    monkeypatch.undo()
    with reopen(path) as first, reopen(path) as second:
        first.connection().execute("BEGIN IMMEDIATE")
        over = threading.Timer(0.4, first.connection().execute, ["ROLLBACK"])
        over.start()
        assert second.append([make_entry(2)]) == 1
        over.join()
