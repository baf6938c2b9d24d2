"""`python3 run.py bench relay killed`: real diaries, real HTTP, and kill -9 on both sides.

A relay is served by a program of its own and killed at random moments; each sync runs in a program
of its own and is killed at random moments too. At the end every pair of diaries must hold the same,
every line that was saved, each once.
"""

import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[2] / "tests")]

import results
from made_people import Mishaps, Person
from tests.app.together.in_memory import NOW, note

from landward.app.together.book import VaultBook
from landward.app.together.host import HostRefused, refused
from landward.app.together.sync import sync
from landward.relay.client import RelayClient
from landward.relay.invitations import new_code
from landward.relay.store import Store, create
from landward.vault import Vault
from landward.vault.cost import CHEAPEST


class Served:
    """A relay in a program of its own, which can be killed and started again."""

    def __init__(self, data: Path, log: Path) -> None:
        self.data, self.log, self.kills = data, log, 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def client(self) -> RelayClient:
        return RelayClient(self.address, refusal=refused, timeout_s=30)

    def start(self) -> None:
        """Run it, and wait until it answers."""
        words = ["-m", "landward", "relay", "serve", "--data", str(self.data)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *words, "--port", str(self.port)], stdout=log, stderr=log
            )
        for _ in range(600):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.1)
        raise RuntimeError("the relay did not start")

    def kill(self) -> None:
        """kill -9."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.kills += 1


def main(people: int = 5, rounds: int = 120) -> int:
    """Run it; 0 where nothing is lost or doubled and all pairs are equal."""
    chance, began = random.Random(24), time.perf_counter()
    killed = cut = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        create(folder / "relay")
        with Store(folder / "relay") as store:
            codes = [new_code(secrets.token_bytes) for _ in range(people)]
            for code in codes:
                store.invite(code)
        relay = Served(folder / "relay", folder / "log")
        diaries = [[_vault(folder / f"{n}-{which}") for which in (0, 1)] for n in range(people)]
        for n, pair in enumerate(diaries):
            one, other = (Vault.open(path, "pw", now=NOW) for path in pair)
            with one, other:
                person = Person(n, chance, Mishaps(chance, 0))
                person.books = [VaultBook(one), VaultBook(other)]  # type: ignore[list-item]
                person.pair(relay.client(), codes[n], relay.address)
        wanted: list[set[str]] = [set() for _ in range(people)]
        for turn in range(rounds):
            n, which = chance.randrange(people), chance.randrange(2)
            with Vault.open(diaries[n][which], "pw", now=NOW) as vault:
                many = range(chance.randint(1, 40))
                lines = [note(f"line {turn} {k}", f"{n}-{turn}-{k}") for k in many]
                vault.append(lines)
                wanted[n] |= {line.id for line in lines}
            child = _begin_sync(diaries[n][which], relay)
            if chance.random() < 0.3:
                time.sleep(chance.random() * 0.6)
                relay.kill()
                relay.start()
            if chance.random() < 0.5:
                time.sleep(chance.random() * 0.8)
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            status = os.waitpid(child, 0)[1]
            killed += os.WIFSIGNALED(status)
            cut += os.WIFEXITED(status) and os.WEXITSTATUS(status) == 1
        for _ in range(3):
            for pair in diaries:
                for path in pair:
                    os.waitpid(_begin_sync(path, relay), 0)
        lost = doubled = equal = 0
        for n, pair in enumerate(diaries):
            one, other = (Vault.open(path, "pw", now=NOW) for path in pair)
            with one, other:
                held = [entry.id for entry in one.entries()]
                equal += one.head() == other.head()
                lost += len(wanted[n] - set(held))
                doubled += len(held) - len(wanted[n] & set(held))
        relay.kill()
    told = (
        f"{people} people, {2 * people} vaults, {rounds} syncs in programs of their own, over "
        f"HTTP: {killed} syncs killed with kill -9, relay killed with kill -9 {relay.kills - 1} "
        f"times, {cut} syncs cut off by that; {sum(map(len, wanted)):,} entries: {equal} of "
        f"{people} pairs equal, {lost} lost, {doubled} doubled; "
        f"{time.perf_counter() - began:.0f} s"
    )
    print(told)
    fine = equal == people and not lost and not doubled
    results.write("Kill -9 on both sides, real HTTP", told)
    return 0 if fine else 1


def _vault(path: Path) -> Path:
    vault, _ = Vault.create(path, "pw", now=NOW, cost=CHEAPEST)
    vault.lock()
    return path


def _begin_sync(path: Path, relay: Served) -> int:
    """A sync in a child; 0 done, 1 the relay did not answer, 3 anything else."""
    child = os.fork()
    if child:
        return child
    status = 3
    try:
        with Vault.open(path, "pw", now=NOW) as vault:
            host = relay.client()
            sync(VaultBook(vault), host, NOW)
        status = 0
    except HostRefused:
        status = 1
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
    finally:
        os._exit(status)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
