"""The journal entry: an envelope that says who wrote what when, around a body kept as written."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from operator import attrgetter
from typing import Annotated, Any, NamedTuple, Self

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter
from pydantic_core import core_schema

from landward.model.base import BadInput
from landward.model.said import phrase

MAX_BODY_BYTES = 64 * 1024
"""Larger bodies are refused before saving: a diary line is a line, not an attachment."""


_BODY_FIRST = '{"body":'


def _aware_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(phrase("a time needs its zone"))
    try:
        return value.astimezone(UTC)
    except OverflowError as error:  # pydantic lets only a ValueError be a refusal
        raise ValueError(
            phrase("a time must lie between the years 1 and 9999 in UTC too")
        ) from error


UtcTime = Annotated[datetime, AfterValidator(_aware_utc)]


_DECODER = json.JSONDecoder()
_CANONICAL = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)


def canonical_json(value: object) -> str:
    """One text for one value: sorted keys, no spaces. Raises BadInput for what JSON lacks."""
    try:
        return _CANONICAL.encode(value)
    except (TypeError, ValueError) as error:
        raise BadInput(phrase("this cannot be stored as JSON: {error}", error=error)) from error


def _one_small_object(text: str) -> str:
    size = len(text.encode())
    if size > MAX_BODY_BYTES:
        raise ValueError(
            phrase("an entry holds at most 64 KiB; this one has {size} KiB", size=size // 1024)
        )
    if not (text.startswith("{") and text.endswith("}")) or "\n" in text:
        raise ValueError(phrase("the body of an entry is a JSON object on one line"))
    return text


EntryId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
_LONGEST_ORIGIN = 200
_MOST = 2**53 - 1
"""Whole numbers up to here are the same in JSON, in every browser, and in SQLite."""


class _Columns(NamedTuple):
    """What an entry is made of, in the order of its columns in the journal."""

    id: EntryId
    device: Annotated[str, Field(min_length=1, max_length=64)]
    seq: Annotated[int, Field(ge=0, le=_MOST)]
    recorded_at: UtcTime
    zone: Annotated[str, Field(min_length=1, max_length=64)]
    date: dt.date
    kind: Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,31}$")]
    version: Annotated[int, Field(ge=1, le=_MOST)]
    body: Annotated[str, AfterValidator(_one_small_object)]
    replaces: tuple[EntryId, ...] = ()
    origin: Annotated[str, Field(min_length=1, max_length=_LONGEST_ORIGIN)] = "app"


_CHECKED = TypeAdapter(_Columns, config=ConfigDict(hide_input_in_errors=True))


class Entry(_Columns):
    """One line of the journal. Entries are never changed; a later entry names them in `replaces`.

    `date` is the local day the entry is about, `recorded_at` the moment it was written (UTC),
    `zone` the IANA zone it was written in. `body` is canonical JSON of one flat object and is
    kept verbatim, also for kinds this version does not know.

    A tuple rather than a `Frozen` model, and checked at birth like one: a long diary has many
    thousands of entries, and a tuple is made ten times as fast and takes a quarter of the room.
    """

    __slots__ = ()

    def __new__(  # noqa: PLR0917 - one argument per column, in its order
        cls,
        id: str,  # noqa: A002 - the column's name
        device: str,
        seq: int,
        recorded_at: datetime,
        zone: str,
        date: dt.date,
        kind: str,
        version: int,
        body: str,
        replaces: tuple[str, ...] = (),
        origin: str = "app",
    ) -> Self:
        """Check every column. Raises pydantic's ValidationError, a ValueError."""
        said = (id, device, seq, recorded_at, zone, date, kind, version, body, replaces, origin)
        return cls._make(_CHECKED.validate_python(said))

    @classmethod
    def checked(cls, columns: Mapping[str, object]) -> Self:
        """An entry of columns by name, from wherever they come. Raises ValidationError."""
        return cls._make(_CHECKED.validate_python(columns))

    def but(self, **changed: object) -> Self:
        """This entry with some columns changed, checked anew."""
        return self.checked({**self._asdict(), **changed})

    def marked(self, origin: str) -> Self:
        """This entry with another origin, of at most 200 letters; nothing else is checked again."""
        if not 0 < len(origin) <= _LONGEST_ORIGIN:
            raise ValueError(phrase("an origin has 1 to 200 letters"))
        return self._replace(origin=origin)

    def written(self, recorded_at: datetime) -> Self:
        """This entry, written at another moment; nothing else is checked again."""
        return self._replace(recorded_at=_aware_utc(recorded_at))

    @classmethod
    def __get_pydantic_core_schema__(cls, _: object, __: object) -> core_schema.CoreSchema:
        """Inside a model an entry is taken as it is: it was checked at its birth."""
        return core_schema.is_instance_schema(cls)

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
    def from_line(cls, line: str, decoder: json.JSONDecoder = _DECODER) -> Self:
        """Read one line of `entries.jsonl`. Raises ValueError if it is not one, or if `decoder`,
        which may bound its numbers, does.

        The body is taken over verbatim, so that a kind this version does not know survives.
        """
        line = line.strip()
        if not line.startswith(_BODY_FIRST):
            raise ValueError(phrase("not a journal entry: the line does not start with its body"))
        _, end = decoder.raw_decode(line, len(_BODY_FIRST))
        envelope = decoder.decode("{" + line[end:].removeprefix(","))
        return cls.checked({**envelope, "body": line[len(_BODY_FIRST) : end]})


ORDER: Callable[[Entry], tuple[dt.date, datetime, str, int, str]] = attrgetter(
    "date", "recorded_at", "device", "seq", "id"
)
"""The display order as a sorting key: the same as `Entry.order`, and twice as fast."""


def id_from_source(source: str, row_key: str) -> str:
    """The id of an imported row: the same row of the same source always has the same id."""
    return hashlib.sha256(f"{source}\x00{row_key}".encode()).hexdigest()[:32]
