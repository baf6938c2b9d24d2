"""Pooled diaries on disk: a folder of Parquet files and `cohort.json`, read and written whole."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from landward.app.budget.tables import read_table
from landward.app.share.cohort_engines import table_path
from landward.engines.cohort.made_up import EMPTY
from landward.model.base import BadInput
from landward.model.cohort import SCHEMA, TABLES, CohortFile, TableShape
from landward.model.said import phrase


def read_cohort_file(folder: Path) -> CohortFile:
    """`cohort.json` of a folder. Raises BadInput that says what is wrong with it."""
    path = folder / "cohort.json"
    if not path.exists():
        raise BadInput(
            phrase(
                "{folder} holds no cohort.json: is it a folder of pooled diaries?", folder=folder
            )
        )
    found = read_table(path)  # somebody else wrote it: read in a process of its own
    said = found.get("schema")
    if said != SCHEMA:
        raise BadInput(
            phrase(
                "{path} says its schema is “{said}”; this program reads {schema}. "
                "Nothing was released. Update the program, or write the data anew",
                path=path,
                said=said,
                schema=SCHEMA,
            )
        )
    try:
        return CohortFile.model_validate(found)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadInput(
            phrase(
                "{path}: {value}: {first}",
                path=path,
                value=where or phrase("the file"),
                first=first["msg"],
            )
        ) from None


def write_cohort_file(folder: Path, file: CohortFile) -> None:
    """Write `cohort.json`."""
    text = json.dumps(file.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=1)
    (folder / "cohort.json").write_text(text + "\n", encoding="utf-8")


def arrow_schema(shape: TableShape, keys: tuple[str, ...] = ()) -> Any:
    """The columns of a table for Arrow, after any key columns that keep cohorts apart."""
    import pyarrow as pa

    kinds = {
        "int64": pa.int64(),
        "int32": pa.int32(),
        "int16": pa.int16(),
        "int8": pa.int8(),
        "text": pa.string(),
    }
    fields = [pa.field(key, pa.int32()) for key in keys]
    fields += [pa.field(c.name, kinds[c.kind], nullable=c.empty) for c in shape.columns]
    return pa.schema(fields)


def to_arrow(shape: TableShape, columns: Mapping[str, Any], keys: tuple[str, ...] = ()) -> Any:
    """Columns of numpy as an Arrow table; what `EMPTY` stands for becomes empty."""
    import pyarrow as pa

    made = []
    schema = arrow_schema(shape, keys)
    for field in schema:
        values = columns[field.name]
        mask = values == EMPTY[field.name] if field.name in EMPTY else None
        if values.dtype.kind == "U":
            words, codes = np.unique(values, return_inverse=True)
            index = pa.array(codes.reshape(-1).astype(np.int32))
            array = pa.DictionaryArray.from_arrays(index, pa.array(words.tolist(), pa.string()))
            made.append(array.cast(pa.string()))
        else:
            made.append(pa.array(values, type=field.type, mask=mask))
    return pa.Table.from_arrays(made, schema=schema)


@contextmanager
def writers(folder: Path, keys: tuple[str, ...] = ()) -> Iterator[dict[str, Any]]:
    """One Parquet writer a table; give each parts with `write_table`."""
    import pyarrow.parquet as pq

    open_ = {
        shape.name: pq.ParquetWriter(
            folder / f"{shape.name}.parquet", arrow_schema(shape, keys), compression="zstd"
        )
        for shape in TABLES
    }
    try:
        yield open_
    finally:
        for writer in open_.values():
            writer.close()


def columns_wrong(folder: Path) -> list[str]:
    """What is wrong with the columns of the four tables, in words; empty where all is right."""
    import pyarrow.dataset as ds

    wrong: list[str] = []
    for shape in TABLES:
        path = table_path(folder, shape.name)
        try:
            found = ds.dataset(path, format="parquet").schema
        except (OSError, ValueError) as error:
            raise BadInput(
                phrase("{path} cannot be read as Parquet: {error}", path=path, error=error)
            ) from None
        for field in arrow_schema(shape):
            if field.name not in found.names:
                wrong.append(
                    phrase(
                        "{name}: the column {name_2} is missing", name=path.name, name_2=field.name
                    )
                )
            elif found.field(field.name).type != field.type:
                kind = found.field(field.name).type
                wrong.append(
                    phrase(
                        "{name}: {name_2} holds {kind}, not {type}",
                        name=path.name,
                        name_2=field.name,
                        kind=kind,
                        type=field.type,
                    )
                )
        known = {column.name for column in shape.columns}
        wrong += [
            phrase(
                "{name}: there is a column “{name_2}” that the schema does not know; "
                "pooled data hold nothing else",
                name=path.name,
                name_2=name,
            )
            for name in found.names
            if name not in known
        ]
    return wrong
