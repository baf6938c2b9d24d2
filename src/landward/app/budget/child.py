"""The other side of `within`: bind this process to its budget, do one piece of work, answer.

Nothing else of the app runs here. The limits are the system's own where it has them: address
space, processor time, the size of files, no core file. A thread looks at the memory as well, twenty
times a second, for systems that cannot bound it.
"""

import base64
import importlib
import os
import sys
import threading
import time
import traceback
from functools import partial
from pathlib import Path
from typing import IO, Any

from pydantic_core import to_json

from landward.model.errors import LandwardError
from landward.model.said import SENT, parts_of

LOOK_S = 0.05
TOO_MUCH = 3
TOLD = b"P"
"""Before a byte from 0 to 100: how much of the work is done."""


def main(told: dict[str, Any]) -> None:
    """Do what was told on standard input; the answer goes to what was standard output."""
    back = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints is no answer
    task: Any = importlib.import_module(told["module"])
    for part in told["name"].split("."):
        task = getattr(task, part)
    given = [_unpacked(value) for value in told["given"]]
    if told["tells"]:
        given.append(partial(_tell, back))
    try:
        bind(told["cpu_seconds"], told["memory_bytes"], told["scratch_bytes"])
        kind, content = _answer(task(*given))
        if len(content) > told["answer_bytes"]:
            kind, content = b"M", b""
    except MemoryError:
        kind, content = b"M", b""
    except LandwardError as error:
        kind, content = b"R", to_json(parts_of(str(error)))
    except Exception as error:
        kind, content = b"F", _place(error).encode("ascii", "replace")
    _end(back, kind, content)


def _tell(back: IO[bytes], percent: int) -> None:
    """How far the work is, ahead of its answer."""
    back.write(TOLD + bytes((percent,)))
    back.flush()


def _end(back: IO[bytes], kind: bytes, content: bytes) -> None:
    back.write(kind)
    back.write(content)
    back.flush()
    os._exit(0)


def _answer(found: object) -> tuple[bytes, bytes]:
    return (b"B", found) if isinstance(found, bytes) else (b"J", to_json(found, context=dict(SENT)))


def _unpacked(value: object) -> object:
    if isinstance(value, dict):
        return base64.b64decode(value["bytes"]) if "bytes" in value else Path(value["path"])
    return value


def _place(error: Exception) -> str:
    """Where and what, without the message: that may quote the file."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"


def bind(cpu_seconds: int, memory_bytes: int, scratch_bytes: int = 0) -> None:
    """Bind this process for the rest of its life. Where the system knows no such limits, only the
    clock of whoever started it does.
    """
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    _limit(resource.RLIMIT_CPU, spent + cpu_seconds, more=1)  # the first sends a signal of its own
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, scratch_bytes)
    threading.Thread(target=_watch, args=(memory_bytes,), daemon=True).start()
    pages, resident = _pages_now()
    if pages:
        room = max(0, memory_bytes - resident * _page_bytes())
        _limit(resource.RLIMIT_AS, pages * _page_bytes() + room)


def _limit(which: int, most: int, more: int = 0) -> None:
    import resource

    before = resource.getrlimit(which)[1]
    hard = most + more if before == resource.RLIM_INFINITY else min(most + more, before)
    try:
        resource.setrlimit(which, (min(most, hard), hard))
    except (ValueError, OSError):  # a system without it: the watching thread and the clock remain
        return


def _pages_now() -> tuple[int, int]:
    """Pages of address space and of memory in use; 0 where the system does not say."""
    try:
        whole, resident, *_ = Path("/proc/self/statm").read_text("ascii").split()
    except OSError:
        return 0, 0
    return int(whole), int(resident)


def _watch(memory_bytes: int) -> None:
    """End the process where its memory passes the budget."""
    before = _peak_bytes()
    while True:
        pages, resident = _pages_now()
        # Elsewhere only the peak is known, and it may begin as that of whoever started us.
        now = resident * _page_bytes() if pages else _peak_bytes() if before <= memory_bytes else 0
        if now > memory_bytes:
            os._exit(TOO_MUCH)
        time.sleep(LOOK_S)


def _peak_bytes() -> int:
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _page_bytes() -> int:
    import resource

    return resource.getpagesize()
