"""kill -9 while 250 connections put at 500 a second; then everything it had acknowledged is read
back. What was on its way is sent again and gets one number, no matter whether it had arrived.
"""

import asyncio
import contextlib
import hashlib
import random
import tempfile
import threading
import time
from pathlib import Path

import puts
import results

from landward.relay.client import RelayClient
from landward.relay.keeping import check
from landward.relay.wire import hash_of

KILLS = 12


def main() -> int:
    chance = random.Random(9)
    with tempfile.TemporaryDirectory(prefix="landward-kills-") as name:
        folder = Path(name) / "relay"
        made = puts.invited(folder, puts.LINES)
        shelves = [shelf for shelf, _ in made]
        missing = faults = unacknowledged = 0
        for kill in range(KILLS):
            relay, port = puts.serving(folder)
            with RelayClient(f"http://127.0.0.1:{port}") as host:
                for shelf, code in made if kill == 0 else ():
                    host.join(code, shelf.shelf, hash_of(shelf.read), hash_of(shelf.write))
            killer = threading.Thread(
                target=lambda r=relay: (time.sleep(chance.uniform(0.7, 1.6)), r.kill())
            )
            killer.start()
            with contextlib.suppress(OSError):
                asyncio.run(puts.load(port, shelves, 500, 2, wait_s=0.3))
            killer.join()
            relay.wait(20)
            faults += len(check(folder).faults)
            relay, port = puts.serving(folder)
            with RelayClient(f"http://127.0.0.1:{port}") as host:
                for shelf in shelves:
                    found, seq = {}, 0
                    while (page := host.since(shelf.shelf, shelf.read, seq)).frames:
                        found |= {f.blob: hashlib.sha256(f.data).digest() for f in page.frames}
                        seq = page.frames[-1].seq
                    missing += sum(found.get(blob) != data for blob, data in shelf.kept.items())
                    unacknowledged += len(found.keys() - shelf.kept.keys())
                    shelf.kept = found
            relay.kill()
            relay.wait(20)
        kept = sum(len(shelf.kept) for shelf in shelves)
    line = (
        f"- {KILLS} kills (SIGKILL) at random moments under 500 puts a second: {kept} blobs, "
        f"**{missing} acknowledged and lost**, {faults} faults found by `check`, {unacknowledged} "
        "kept whose answer never arrived (sending them again gives the same number)."
    )
    print(line)
    results.write("Killed", line)
    return int(bool(missing or faults))
