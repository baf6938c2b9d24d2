"""The journal entry: an envelope that says who wrote what when, around a body kept as written."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from operator import attrgetter
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, field_validator

from landward.model.base import BadInput, Frozen

MAX_BODY_BYTES = 64 * 1024
"""Larger bodies are refused before saving: a diary line is a line, not an attachment."""


_BODY_FIRST = '{"body":'


def _aware_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a time needs its zone")
    return value.astimezone(UTC)


UtcTime = Annotated[datetime, AfterValidator(_aware_utc)]


def canonical_json(value: object) -> str:
    """One text for one value: sorted keys, no spaces. Raises BadInput for what JSON lacks."""
    try:
        return json.dumps(
            value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
        )
    except (TypeError, ValueError) as error:
        raise BadInput(f"this cannot be stored as JSON: {error}") from error


class Entry(Frozen):
    """One line of the journal. Entries are never changed; a later entry names them in `replaces`.

    `date` is the local day the entry is about, `recorded_at` the moment it was written (UTC),
    `zone` the IANA zone it was written in. `body` is canonical JSON of one flat object and is
    kept verbatim, also for kinds this version does not know.
    """

    id: str = Field(pattern=r"^[0-9a-f]{32}$")
    device: str = Field(min_length=1, max_length=64)
    seq: int = Field(ge=0)
    recorded_at: UtcTime
    zone: str = Field(min_length=1, max_length=64)
    date: dt.date
    kind: str = Field(pattern=r"^[a-z][a-z_]{0,31}$")
    version: int = Field(ge=1)
    body: str
    replaces: tuple[str, ...] = ()
    origin: str = Field(default="app", min_length=1, max_length=200)

    @field_validator("body")
    @classmethod
    def _body_is_one_small_object(cls, text: str) -> str:
        size = len(text.encode())
        if size > MAX_BODY_BYTES:
            raise ValueError(f"an entry holds at most 64 KiB; this one has {size // 1024} KiB")
        if not (text.startswith("{") and text.endswith("}")) or "\n" in text:
            raise ValueError("the body of an entry is a JSON object on one line")
        return text

    @property
    def order(self) -> tuple[dt.date, datetime, str, int, str]:
        """The display order, total: date, recorded_at, device, seq, id."""
        return ORDER(self)

    def to_line(self) -> str:
        """One line of `entries.jsonl`: lossless, canonical, without the line end."""
        envelope: dict[str, Any] = {
            "date": self.date.isoformat(),
            "device": self.device,
            "id": self.id,
            "kind": self.kind,
            "origin": self.origin,
            "recorded_at": self.recorded_at.isoformat(),
            "replaces": list(self.replaces),
            "seq": self.seq,
            "version": self.version,
            "zone": self.zone,
        }
        return f"{_BODY_FIRST}{self.body},{canonical_json(envelope)[1:]}"

    @classmethod
    def from_line(cls, line: str) -> Self:
        """Read one line of `entries.jsonl`. Raises ValueError if it is not one.

        The body is taken over verbatim, so that a kind this version does not know survives.
        """
        line = line.strip()
        if not line.startswith(_BODY_FIRST):
            raise ValueError("not a journal entry: the line does not start with its body")
        _, end = json.JSONDecoder().raw_decode(line, len(_BODY_FIRST))
        envelope = json.loads("{" + line[end:].removeprefix(","))
        return cls.model_validate({**envelope, "body": line[len(_BODY_FIRST) : end]})


ORDER: Callable[[Entry], tuple[dt.date, datetime, str, int, str]] = attrgetter(
    "date", "recorded_at", "device", "seq", "id"
)
"""The display order as a sorting key: the same as `Entry.order`, and twice as fast."""


def id_from_source(source: str, row_key: str) -> str:
    """The id of an imported row: the same row of the same source always has the same id."""
    return hashlib.sha256(f"{source}\x00{row_key}".encode()).hexdigest()[:32]
