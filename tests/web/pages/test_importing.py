"""A file is chosen, looked at and brought in on screen, without scripts."""

import json
import time
from pathlib import Path
from threading import Event

import pytest

from landward.app.transfer import chosen_file
from web.app_here import AppHere

CASES = json.loads((Path(__file__).parents[2] / "scenarios" / "imports.json").read_text("utf-8"))
BY_NAME = {case["name"]: case for case in CASES}
TABLE = b"Date;Anxiety;Sleep;Notes\n03.04.2025;4,5;7h 30m;a walk\n04.04.2025;5;6,5;\n"


@pytest.fixture
def app(tmp_path: Path):
    with AppHere(tmp_path) as here:
        here.unlock()
        yield here


def choose(app: AppHere, name: str, data: bytes | str):
    content = data.encode() if isinstance(data, str) else data
    return app.browser.post("/import/file", files={"file": (name, content)})


def test_a_daylio_file_is_known_shown_and_brought_in(app: AppHere) -> None:
    case = BY_NAME["14 German moods"]
    page = choose(app, "daylio_export.csv", case["content"]).text
    assert "<strong>Daylio</strong>" in page and "<strong>3 new</strong>" in page
    assert "Moods are numbers, 5 best: Super 5" in page, "what was decided is said"
    assert not list(app.room.diary.index.on(__import__("datetime").date(2026, 2, 27)))
    done = app.browser.post("/import/write").text
    assert "Brought in 3 from 2026-02-25 to 2026-02-27." in done
    again = choose(app, "daylio_export.csv", case["content"]).text
    assert "<strong>0 new</strong>, 3 there already" in again


def test_a_table_is_mapped_column_by_column_and_the_choice_is_remembered(app: AppHere) -> None:
    page = choose(app, "mine.csv", TABLE).text
    assert "a table of 4 columns" in page and "03.04.2025" in page and "4,5" in page
    roles = {"role0": "date", "role1": "symptom", "scale1": "0-10", "role2": "sleep"}
    asked = app.browser.post("/import/look", data={**roles, "role3": "note"}).text
    assert "could be day first or month first" in asked and "Bring it in" not in asked
    shown = app.browser.post("/import/look", data={"answer dates": "day first"}).text
    assert "<strong>5 new</strong>" in shown and "7.5 h" in shown, shown[-3000:]
    assert "Brought in 5 from 2025-04-03" in app.browser.post("/import/write").text
    later = choose(app, "mine.csv", TABLE.replace(b"04.04.2025;5", b"14.04.2025;6")).text
    assert '<option value="0-10" selected>' in later, "the map is remembered"
    assert "Dates are read day first" in later


def test_what_differs_is_put_right_only_by_choice(app: AppHere) -> None:
    case = BY_NAME["14 German moods"]["content"]
    choose(app, "daylio.csv", case)
    app.browser.post("/import/write")
    other = case.replace(",Lausig,", ",Schlecht,")
    page = choose(app, "daylio.csv", other).text
    assert "1 different from before" in page and "<s>mood 1 (1 to 5)" in page.replace(";", "")
    assert "1 say otherwise now and were left as they are" in app.browser.post("/import/write").text
    choose(app, "daylio.csv", other)
    assert "1 were put right" in app.browser.post("/import/write", data={"correct": "yes"}).text
    assert (
        "<strong>0 new</strong>, 3 there already, 0 different" in choose(app, "d.csv", other).text
    )


def test_refused_lines_are_left_out_only_by_choice(app: AppHere) -> None:
    case = BY_NAME["14 Dutch moods"]["content"] + "2099-01-01,x,y,10:00,goed,,,,\n"
    page = choose(app, "daylio.csv", case).text
    assert "Line 6: 2099-01-01 lies ahead of today" in page
    assert "line 6" in app.browser.post("/import/write").text
    assert "Brought in 4" in app.browser.post("/import/write", data={"leave_out": "yes"}).text


def test_a_long_file_says_how_much_of_it_is_read(app: AppHere, monkeypatch) -> None:
    may_go, heard = Event(), Event()
    reads = chosen_file.read_foreign

    def slow(path, kind, around, hear):
        hear(37)
        heard.set()
        may_go.wait(60)
        hear(100)
        return reads(path, kind, around)

    monkeypatch.setattr(chosen_file, "LARGE_BYTES", 0)
    monkeypatch.setattr(chosen_file, "read_foreign", slow)
    choose(app, "daylio.csv", BY_NAME["14 German moods"]["content"])
    assert heard.wait(60)
    page = app.browser.get("/import/look").text
    assert "37 % of it is read" in page and 'max="100" value="37"' in page, page[-2000:]
    assert 'href="/import/look">Look again' in page, "without scripts"
    may_go.set()
    deadline = time.monotonic() + 60
    while "Look again" in page and time.monotonic() < deadline:
        page = app.browser.get("/import/look").text
    assert "<strong>3 new</strong>" in page


def test_a_column_without_a_name_can_be_chosen(app: AppHere) -> None:
    page = choose(app, "mine.csv", b"Date,,Note\n2025-04-13,7,walk\n").text
    assert "<legend>column 2</legend>" in page
    said = {"role0": "date", "role1": "symptom", "scale1": "0-10", "role2": "leave"}
    assert "<strong>1 new</strong>" in app.browser.post("/import/look", data=said).text


def test_a_table_without_names_loses_no_row(app: AppHere) -> None:
    page = choose(app, "mine.csv", b"2025-04-12,3\n2025-04-13,7\n").text
    assert "The first line has no names of columns, but “2025-04-12”" in page


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.zip", b"PK\x03\x04 broken", "saved as"),
        ("x.csv", b"", "The file is empty"),
        ("x.csv", b"\x00\x01\x02\x03" * 50, "Nothing was written"),
        ("export.xml", b"<HealthData><Record", "cut off"),
    ],
)
def test_a_wrong_file_is_one_clear_line(app: AppHere, name: str, data: bytes, said: str) -> None:
    page = choose(app, name, data)
    assert page.status_code in (200, 422) and said in page.text, page.text[-1500:]
    assert app.browser.post("/import/write").status_code in (200, 422)


def test_a_locked_diary_takes_no_file(app: AppHere) -> None:
    app.lock()
    assert "assphrase" in choose(app, "daylio.csv", BY_NAME["14 German moods"]["content"]).text


def test_the_file_is_gone_when_the_diary_is_locked(app: AppHere) -> None:
    choose(app, "daylio.csv", BY_NAME["14 German moods"]["content"])
    session = next(iter(app.doors._sessions.values()))
    path = session.chosen.handed.path
    assert path.exists() and path.parent.stat().st_mode & 0o77 == 0
    app.lock()
    app.unlock()
    assert "Choose a file first" in app.browser.get("/import/look").text
    assert not path.exists()
