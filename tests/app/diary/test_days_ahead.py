"""A line about a day that has not been is kept, told, and read by nothing before that day."""

import datetime as dt
import json
import uuid

import pytest

import landward
from landward.app.diary.open_diary import OpenDiary
from landward.app.diary.whole import whole_diary
from landward.cli.plan_living import _diary
from landward.model.entries import Entry
from landward.model.moment import Moment
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

NOW = dt.datetime(2026, 3, 5, 12, tzinfo=dt.UTC)
TODAY, AHEAD = dt.date(2026, 3, 5), dt.date(2027, 2, 17)


def entry(day: dt.date, kind: str = "check_in", **body: object) -> Entry:
    said = body or {"asked": ["day"], "answers": {"day": 4}, "scales": {"day": "0..10 better up"}}
    name = uuid.uuid5(uuid.NAMESPACE_OID, f"{day} {kind}").hex
    return Entry(
        id=name,
        device="d",
        seq=day.toordinal(),
        recorded_at=NOW,
        zone="Europe/Berlin",
        date=day,
        kind=kind,
        version=1,
        body=json.dumps(said),
    )


DAYS = [entry(TODAY - dt.timedelta(days=n)) for n in range(20, -1, -1)]
DOSE = entry(AHEAD, "dose_taken", drug="diazepam", dose_mg="50")
DECIDED = entry(
    TODAY + dt.timedelta(days=9), "prescription", drug="diazepam", dose_mg_per_day="9", form=""
)


def test_the_page_ends_today_whatever_is_dated_later():
    plain = whole_diary(DAYS, TODAY)
    diary = whole_diary([*DAYS, entry(AHEAD), DOSE], TODAY)
    assert (diary.lines, diary.days, diary.last_day) == (plain.lines, plain.days, TODAY)
    assert [line.date for line, _ in diary.ahead] == [AHEAD, AHEAD], "kept, and told"
    assert whole_diary([*DAYS, entry(AHEAD)], AHEAD).last_day == AHEAD, "the day has come"


def test_what_is_decided_for_later_stays_and_stretches_no_page():
    diary = whole_diary([*DAYS, DECIDED], TODAY)
    assert diary.last_day == TODAY and not diary.ahead
    assert [line.kind for line, _ in diary.lines][-1] == "prescription"


def test_an_open_diary_turns_with_the_day(tmp_path):
    clock = [NOW]
    vault, _ = Vault.create(tmp_path / "v.vault", "x", now=NOW, cost=CHEAPEST)
    with vault:
        diary = OpenDiary(vault, clock=lambda: Moment(at=clock[0], zone="UTC"))
        diary.append(DAYS)
        assert not diary.diary.ahead
        tomorrow = entry(TODAY + dt.timedelta(days=1))
        diary.append([tomorrow])
        assert diary.diary.last_day == TODAY and len(diary.diary.ahead) == 1
        assert diary.keep("n", lambda: len(diary.diary.days)) == 21
        clock[0] += dt.timedelta(days=1)
        assert diary.diary.last_day == tomorrow.date and not diary.diary.ahead
        assert diary.keep("n", lambda: len(diary.diary.days)) == 22, "read again"
        assert tomorrow in diary.on(tomorrow.date), "its own page shows it all the time"


def test_a_program_and_a_plan_see_no_day_ahead(tmp_path, capsys, monkeypatch):
    path, now = tmp_path / "v.vault", dt.datetime.now(dt.UTC)
    vault, _ = Vault.create(path, "x", now=now, cost=CHEAPEST)
    with vault:
        late = now.date() + dt.timedelta(days=2)  # whatever the zone of this machine
        vault.append([entry(TODAY), entry(late, "dose_taken", drug="diazepam", dose_mg="50")])
        written = "".join(f"{one.to_line()}\n" for one in vault.entries())
    mine = landward.open_diary(path, "x", now=now)
    assert mine.last_day == TODAY and [line.date for line, _ in mine.ahead] == [late]
    (tmp_path / "entries.jsonl").write_text(written)
    export = tmp_path / "entries.jsonl"
    assert landward.read_export(export).last_day == late, "who tells no day gets all"
    assert landward.read_export(export, today=TODAY).last_day == TODAY
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "x")
    assert _diary(path).last_day == TODAY
    assert f"1 entry is about days that lie ahead ({late})" in capsys.readouterr().err


def test_a_table_read_by_a_program_may_be_told_the_day(tmp_path):
    (tmp_path / "t.csv").write_text("date,a\n2026-03-05,1\n2027-02-17,2\n")
    rules = tmp_path / "t.toml"
    rules.write_text(
        'source="x"\nzone="UTC"\n[date]\ncolumn="date"\n[items.a]\ncolumn="a"\nscale=[0,3]\n'
    )
    assert landward.read_csv(tmp_path / "t.csv", rules).last_day == AHEAD
    with pytest.raises(landward.BadInput, match="line 3: date: 2027-02-17 lies ahead of today"):
        landward.read_csv(tmp_path / "t.csv", rules, today=TODAY)
