"""Each fence around a stranger's database holds by itself, without the others."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from landward.exchange.importers import health_connect
from landward.exchange.limits import Patience


@pytest.fixture
def fenced(tmp_path: Path) -> Iterator[Callable[[Patience], sqlite3.Connection]]:
    """A database that could be written, behind our fence: no other fence than that stands here."""
    path = tmp_path / "x.db"
    with contextlib.ExitStack() as closing:

        def fence(patience: Patience) -> sqlite3.Connection:
            connection = closing.enter_context(contextlib.closing(sqlite3.connect(path)))
            connection.execute("CREATE TABLE sleep_session_record_table (row_id)")
            health_connect.fence(connection, patience)
            return connection

        yield fence


def test_a_strangers_database_is_not_written(fenced) -> None:
    connection = fenced(Patience())
    connection.set_authorizer(None)  # so that this fence stands alone
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("INSERT INTO sleep_session_record_table VALUES (1)")


@pytest.mark.parametrize(
    "statement",
    [
        "PRAGMA query_only = OFF",
        "ATTACH ':memory:' AS other",
        "CREATE TEMP TABLE t (x)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n LIMIT 9",
    ],
)
def test_a_strangers_database_gives_plain_rows_only(fenced, statement) -> None:
    connection = fenced(Patience())
    assert list(connection.execute("SELECT row_id FROM sleep_session_record_table")) == []
    with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
        connection.execute(statement)


def test_a_strangers_database_is_stopped_inside_a_query(fenced) -> None:
    looked = iter(range(10))  # a clock of whole seconds: the third look is one too late

    connection = fenced(Patience(1.5, lambda: next(looked, 10)))
    connection.set_authorizer(None)
    forever = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        # Where nothing stops it, the numbers end it all the same, some seconds later.
        connection.execute(f"{forever} SELECT max(i) FROM (SELECT i FROM n LIMIT 5000000)")
