"""The small facts beside the entries: the one place that changes them, and their sum.

The sum says whether the facts that lie there are of one moment. A write that was cut short can
leave some of its pages new and some old, each of them whole by itself.
"""

import hashlib
from collections.abc import Iterable

from landward.vault.database import Connection

SUM = "facts"
_APART = ("count", "digest", SUM)
"""These change with the entries, and are held against them."""


def put(connection: Connection, facts: Iterable[tuple[str, str]], *, again: bool = True) -> None:
    """Keep facts, in a transaction. With `again` false, one that is there stays as it is."""
    how = "REPLACE" if again else "IGNORE"
    connection.executemany(f"INSERT OR {how} INTO fact VALUES (?, ?)", facts)  # noqa: S608 - how: one of our words
    _store_sum(connection)


def drop(connection: Connection, name: str) -> None:
    """Drop a fact, in a transaction."""
    connection.execute("DELETE FROM fact WHERE name = ?", (name,))
    _store_sum(connection)


def of_one_moment(connection: Connection) -> bool:
    """Whether the facts are as one write left them; not known, so no, where no sum is kept."""
    found = connection.execute("SELECT value FROM fact WHERE name = ?", (SUM,)).fetchone()
    return found is not None and found[0] == _sum(connection)


def _store_sum(connection: Connection) -> None:
    connection.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (SUM, _sum(connection)))


def _sum(connection: Connection) -> str:
    digest = hashlib.blake2b(digest_size=16, person=b"landward-facts")
    found = connection.execute(
        "SELECT name, value FROM fact WHERE name NOT IN (?, ?, ?) ORDER BY name", _APART
    )
    for name, value in found:
        digest.update(f"{len(name)} {len(value)} {name}{value}".encode())
    return digest.hexdigest()
