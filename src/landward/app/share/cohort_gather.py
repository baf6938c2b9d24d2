"""Put gifts together: the files people handed over become the tables of a cohort."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from landward.app.share.cohort_files import arrow_schema, write_cohort_file
from landward.app.share.study_keys import check_signature
from landward.model.base import BadInput
from landward.model.cohort import TABLES, CohortFile, CohortItem
from landward.model.gift import Gift, Withdrawal
from landward.model.said import phrase
from landward.model.study import Study


def gather(study: Study, folder: Path, out: Path) -> CohortFile:
    """Every gift in `folder` as a cohort in `out`, without those who have taken theirs back.

    Raises BadInput, naming the file, for a gift to another study, to another consent, given twice,
    or changed on the way; then nothing is written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    gifts, gone = _read(study, folder)
    kept = [gift for person, gift in sorted(gifts.items()) if person not in gone]
    if not kept:
        raise BadInput(
            phrase(
                "{folder} holds no gift to “{id}” that stands; nothing was written",
                folder=folder,
                id=study.id,
            )
        )
    names = sorted({answer.item for gift in kept for answer in gift.rows.answers})
    number = {name: place for place, name in enumerate(names)}
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BadInput(phrase("{out} is not an empty folder; name a new one", out=out))
    out.mkdir(parents=True, exist_ok=True)
    rows: dict[str, list[dict[str, Any]]] = {shape.name: [] for shape in TABLES}
    for gift in kept:
        one = {"person": gift.person}
        about = gift.rows.person.model_dump()
        rows["people"].append({"sex": None, "channel": None, **one, **about,
                               "consent": gift.consent_version})  # fmt: skip
        rows["days"] += [{**one, **day.model_dump()} for day in gift.rows.days]
        rows["dose_changes"] += [
            {**one, **change.model_dump()} for change in gift.rows.dose_changes
        ]
        rows["answers"] += [
            {**one, **answer.model_dump(), "item": number[answer.item]}
            for answer in gift.rows.answers
        ]
    for shape in TABLES:
        table = pa.Table.from_pylist(rows[shape.name], schema=arrow_schema(shape))
        pq.write_table(table, out / f"{shape.name}.parquet")
    file = CohortFile(
        study=study.id,
        made_up=False,
        source=phrase(
            "{count} people's own gifts to “{title}”", count=len(kept), title=study.title
        ),
        items=tuple(CohortItem(item=number[n], id=n, low=0, high=4) for n in names),
        withdrawn=tuple(sorted(gone)),
    )
    write_cohort_file(out, file)
    return file


def _read(study: Study, folder: Path) -> tuple[dict[int, Gift], set[int]]:
    gifts: dict[int, Gift] = {}
    gone: set[int] = set()
    for path in _papers(folder):
        paper = _paper(path)
        check_signature(paper, str(path))
        if paper.study != study.id:
            raise BadInput(
                phrase(
                    "{path} is for the study “{study}”, not for “{id}”",
                    path=path,
                    study=paper.study,
                    id=study.id,
                )
            )
        if isinstance(paper, Withdrawal):
            gone.add(paper.person)
            continue
        if (paper.consent_version, paper.consent_text) != (
            study.consent_version, study.consent_text
        ):  # fmt: skip
            raise BadInput(
                phrase("{path} agrees to another text or version of the consent", path=path)
            )
        if paper.person in gifts:
            raise BadInput(
                phrase("{path}: this person gave twice; keep the newer file only", path=path)
            )
        gifts[paper.person] = paper
    return gifts, gone


MOST_BYTES = 4 * 1024**2
"""Of one gift. A pool has thousands, so they are read here, each too small to fill the memory."""


def _papers(folder: Path) -> Iterable[Path]:
    if not folder.is_dir():
        raise BadInput(phrase("there is no folder {folder}", folder=folder))
    return sorted(folder.glob("*.json"))


def _paper(path: Path) -> Gift | Withdrawal:
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES + 1)
        if len(text) > MOST_BYTES:
            raise ValueError(phrase("larger than any gift"))
        found = json.loads(text)
        said = found.get("schema") if isinstance(found, dict) else None
        if said == "landward-gift/1":
            return Gift.model_validate(found)
        if said == "landward-withdrawal/1":
            return Withdrawal.model_validate(found)
    except (OSError, ValueError, ValidationError, RecursionError):
        raise BadInput(
            phrase("{path} is not a gift or a withdrawal this program can read", path=path)
        ) from None
    raise BadInput(
        phrase(
            "{path} says its schema is “{said}”; this program reads landward-gift/1",
            path=path,
            said=said,
        )
    )
