"""The engines that carry out the expressions: DuckDB in this process, or Apache Spark.

Both read the same Parquet files and the same expressions. DuckDB is the base; Spark is for a
cluster (its master's URL) or, here, for this machine's own cores.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, Protocol

from landward.engines.cohort.pool import Pool
from landward.model.base import BadInput
from landward.model.cohort import TABLES
from landward.model.said import phrase

Engine = Literal["duckdb", "spark"]
JAVA_OLDEST = 17
JAVA_PLACES = ("/usr/lib/jvm", "/Library/Java/JavaVirtualMachines")
"""Where Linux and macOS keep theirs."""


class Runner(Protocol):
    """An engine that is ready."""

    name: str

    def read(self, path: Path) -> Any:
        """A Parquet file or a folder of them, as a table expression."""

    def fetch(self, table: Any) -> Any:
        """Carry out an expression and return its rows as an Arrow table."""

    def plan(self, table: Any) -> str:
        """How the engine would carry it out, in its own words."""


class _Duck:
    name = "duckdb"

    def __init__(self, memory: str, threads: int) -> None:
        try:
            import ibis
        except ImportError:
            raise BadInput(
                phrase("the cohort tools are not installed: pip install 'landward[cohort]'")
            ) from None
        self._at = ibis.duckdb.connect(memory_limit=memory, threads=threads)
        self._at.raw_sql("SET enable_progress_bar = false")
        self._at.raw_sql("SET preserve_insertion_order = false")

    def read(self, path: Path) -> Any:
        return self._at.read_parquet(_files(path))

    def fetch(self, table: Any) -> Any:
        return self._at.to_pyarrow(table)

    def plan(self, table: Any) -> str:
        rows = self._at.raw_sql("EXPLAIN " + str(self._at.compile(table))).fetchall()
        return "\n".join(str(row[-1]) for row in rows)

    def close(self) -> None:
        self._at.disconnect()


class _Spark:
    name = "spark"

    def __init__(self, master: str, memory: str, more: Mapping[str, str]) -> None:
        try:
            import ibis
            from pyspark.sql import SparkSession
        except ImportError:
            raise BadInput(
                phrase("Spark is not installed: pip install 'landward[spark]'")
            ) from None
        os.environ["JAVA_HOME"] = str(java_home())
        settings = {
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.driver.memory": memory,
            "spark.sql.shuffle.partitions": "2",
            "spark.sql.session.timeZone": "UTC",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.log.level": "ERROR",
        }
        if not master.startswith("local"):
            settings = {"spark.log.level": "ERROR"}  # a cluster's own settings stand
        build = SparkSession.builder.master(master).appName("landward cohort")
        for name, value in {**settings, **more}.items():
            build = build.config(name, value)
        self._session = build.getOrCreate()
        self._at = ibis.pyspark.connect(self._session)

    def read(self, path: Path) -> Any:
        return self._at.read_parquet(str(path))

    def fetch(self, table: Any) -> Any:
        return self._at.to_pyarrow(table)

    def plan(self, table: Any) -> str:
        frame = self._session.sql(str(self._at.compile(table)))
        return str(frame._jdf.queryExecution().toString())

    def close(self) -> None:
        self._session.stop()


@contextmanager
def engine(
    name: Engine = "duckdb",
    *,
    master: str = "local[2]",
    memory: str = "3GB",
    threads: int = 2,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Runner]:
    """An engine for as long as it is needed; `settings` are Spark's own.

    Raises BadInput naming what is missing.
    """
    runner: _Duck | _Spark
    if name == "duckdb":
        runner = _Duck(memory, threads)
    else:
        runner = _Spark(master, memory.removesuffix("B").lower(), settings)
    try:
        yield runner
    finally:
        runner.close()


def pool(runner: Runner, folder: Path, keys: tuple[str, ...] = ()) -> Pool:
    """The four tables of a folder, as expressions of this engine."""
    found = {shape.name: runner.read(table_path(folder, shape.name)) for shape in TABLES}
    return Pool(**found, keys=keys)


def table_path(folder: Path, name: str) -> Path:
    """Where a table lies: one file, or a folder of parts. Raises BadInput if it is not there."""
    for path in (folder / f"{name}.parquet", folder / name):
        if path.exists():
            return path
    raise BadInput(
        phrase(
            "{folder} holds no {name}.parquet: is it a folder of pooled diaries?",
            folder=folder,
            name=name,
        )
    )


def _files(path: Path) -> str:
    return str(path / "*.parquet") if path.is_dir() else str(path)


def java_home() -> Path:
    """A Java new enough for Spark: JAVA_HOME, the PATH, or where Linux and macOS keep theirs.

    Raises BadInput that says what is missing and how to get it.
    """
    homes = [Path(home) for home in (os.environ.get("JAVA_HOME"),) if home]
    if found := shutil.which("java"):
        homes.append(Path(found).resolve().parent.parent)
    for folder in JAVA_PLACES:
        if Path(folder).is_dir():
            homes += sorted(Path(folder).iterdir(), reverse=True)
    for home in homes:
        for inside in (home, home / "Contents" / "Home"):
            if (inside / "bin" / "java").exists() and _version(inside) >= JAVA_OLDEST:
                return inside
    raise BadInput(
        phrase(
            "Spark needs Java {java_oldest} or later, and none was found. Install it "
            "(Debian: apt install default-jre-headless), set JAVA_HOME, or use "
            "--engine duckdb",
            java_oldest=JAVA_OLDEST,
        )
    )


def _version(home: Path) -> int:
    try:
        said = subprocess.run(  # noqa: S603 - the Java just found, no shell
            [str(home / "bin" / "java"), "-version"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        ).stderr
    except (OSError, subprocess.TimeoutExpired):
        return 0
    number = re.search(r'version "(\d+)', said)
    return int(number[1]) if number else 0
