"""Every page of every door answers; charts, spells and labels appear only as chosen."""

import datetime as dt
import html
import re
from pathlib import Path

import pytest
from tests.report.looking import flat
from tests.web.app_here import EVENING, PASSPHRASE, TODAY, AppHere

from landward.app.read.journey import read_journey
from landward.app.read.lag import read_lag
from landward.app.share.fictional import fictional_entries
from landward.app.share.report import report_context
from landward.model.bodies import Shared
from landward.model.diary import Diary
from landward.model.readings import DiaryLag
from landward.report.blocks.shape import Table
from landward.report.report_pdf import report_pdf
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

PAGES = (
    "/today", "/saved", "/journey", "/journey?zoom=4w", "/journey?zoom=26w", "/journey?zoom=all",
    "/journey.json", "/journey/after", "/journey/course", "/journey/helped", "/journey/feelings",
    "/day/2026-03-01",
    "/doses", "/doses/take", "/report", "/library", "/phone",
    "/feelings", "/questions", "/serious", "/settings", "/help", "/unsafe",
)  # fmt: skip


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory):
    """A diary with the fictional person's year in it, unlocked."""
    folder = tmp_path_factory.mktemp("lived")
    with AppHere(folder, None) as app:
        vault, _ = Vault.create(app.path, PASSPHRASE, now=EVENING.at, cost=CHEAPEST)
        with vault:
            vault.append(fictional_entries(vault, EVENING))
        app.unlock()
        yield app


def settings(app: AppHere, **said: str) -> None:
    app.browser.post("/settings", data={"fields": list(said), **said})


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_in_an_empty_and_in_a_lived_in_diary(
    lived: AppHere, tmp_path: Path, path: str
) -> None:
    assert lived.browser.get(path).status_code == 200
    with AppHere(tmp_path) as empty:
        empty.unlock()
        answer = empty.browser.get(path)
        assert answer.status_code == 200, answer.text


def test_spells_are_drawn_only_when_switched_on_and_never_on_the_newest_days(
    lived: AppHere,
) -> None:
    settings(lived, spells="off")
    assert "url(#lane0-hatch" not in lived.browser.get("/journey?zoom=all").text
    settings(lived, spells="on")
    assert "url(#lane0-hatch" in lived.browser.get("/journey?zoom=all").text
    assert lived.room.diary is not None
    journey = read_journey(lived.room.diary, "all", TODAY, spells=True)
    assert {band.state for band in journey.bands} == {"window", "wave"}
    newest = journey.last - dt.timedelta(days=2)
    assert all(band.last < newest for band in journey.bands if not band.own)


def test_charts_can_stay_hidden_and_be_shown_once(lived: AppHere) -> None:
    settings(lived, charts="hidden")
    assert '<svg class="fig"' not in lived.browser.get("/journey").text
    assert '<svg class="fig"' in lived.browser.get("/journey?show=1").text
    settings(lived, charts="shown")


def test_what_followed_dose_changes_is_read_only_when_opened_by_choice(
    lived: AppHere, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str | None] = []

    def reading(diary: Diary, *, drug: str | None = None) -> DiaryLag:
        read.append(drug)
        return read_lag(diary, drug=drug)

    monkeypatch.setattr("landward.web.pages.lag.read_lag", reading)
    settings(lived, lag="off")
    assert "/journey/after" not in lived.browser.get("/journey").text
    assert lived.browser.get("/journey/after").url.path == "/journey"
    settings(lived, lag="on")
    answer = {"once": "read-anew-now", "day_is": "4", "asked": "day"}
    lived.browser.post("/today", data=answer)  # what was read before this no longer stands
    assert "/journey/after" in lived.browser.get("/journey").text
    assert not read
    page = lived.browser.get("/journey/after").text
    assert read == ["clonazepam"]
    lived.browser.get("/journey/after")
    assert read == ["clonazepam"]  # kept as long as nothing it was read from changes
    assert "evidence yet" in page or "After is not because" in page
    assert "caused by" not in page and "Do not stop suddenly" in page


def test_the_course_and_the_day_after_are_told_in_plain_words(lived: AppHere) -> None:
    course = lived.browser.get("/journey/course").text
    assert "How things went, not how they will go" in course
    assert "<td>Anxiety</td>" in course and 'data-name="hard days"' in course
    helped = lived.browser.get("/journey/helped").text
    assert "After is not because" in helped
    assert "too few times to compare" in helped
    felt = lived.browser.get("/journey/feelings").text
    assert "nothing is added up" in felt and "0 to 4" in felt
    for page in (course, helped, felt):
        assert "Do not stop suddenly" in page and "caused by" not in page


def test_a_diary_of_one_day_says_that_it_is_too_early(tmp_path: Path) -> None:
    with AppHere(tmp_path) as app:
        app.unlock()
        app.browser.post("/today", data={"once": "one-day-only", "day_is": "4", "asked": "day"})
        settings(app, lag="on")
        for path in ("/journey/course", "/journey/helped", "/journey/feelings", "/journey/after"):
            page = app.browser.get(path)
            assert page.status_code == 200 and page.url.path == path
            assert re.search(
                "Not enough|No tags or events yet|Nothing about feelings", page.text
            ), path


def test_my_own_label_stands_before_any_reading(tmp_path: Path) -> None:
    with AppHere(tmp_path) as app:
        app.unlock()
        app.save(day_is="6")
        said = {
            "once": "label-page-1",
            "first": "2026-03-08",
            "until": "2026-03-10",
            "label": "wave",
            "helped": "dark room",
        }
        app.browser.post("/label", data=said)
        page = app.browser.get("/journey").text
        assert "My wave, " in page
        assert "dark room" in page
        wrong = {**said, "once": "label-page-2", "until": "2026-03-01"}
        assert app.browser.post("/label", data=wrong).status_code == 422
        ahead = {**said, "once": "label-page-3", "until": "2026-03-12"}
        assert app.browser.post("/label", data=ahead).status_code == 422


def test_the_report_and_the_letter_are_handed_over_as_pdf(lived: AppHere) -> None:
    for what in ("report", "letter"):
        answer = lived.browser.post("/report", data={"do": what, "period": "84", "reader": "Dr B"})
        assert answer.content.startswith(b"%PDF-")
        assert answer.headers["content-type"] == "application/pdf"
    shared = [entry for entry in lived.entries() if entry.kind == "shared"]
    assert len(shared) == 2
    card = lived.browser.post("/report", data={"do": "letter", "letter": "hospital"})
    assert 'filename="letter-hospital.pdf"' in card.headers["content-disposition"]
    odd = lived.browser.post("/report", data={"do": "letter", "letter": "detox"})
    assert odd.status_code == 422 and "no letter is called" in odd.text
    preview = lived.browser.post(
        "/report", data={"do": "preview", "period": "28", "request": "slower"}
    )
    assert "slower" in preview.text
    assert lived.browser.post("/report", data={"do": "report", "until": "soon"}).status_code == 422


def test_a_backup_opens_and_an_export_holds_every_line(lived: AppHere, tmp_path: Path) -> None:
    import io
    import zipfile

    from landward.vault.backup import restore_backup

    saved = tmp_path / "copy.backup"
    saved.write_bytes(lived.browser.post("/settings/backup").content)
    with restore_backup(saved, tmp_path / "back.vault", PASSPHRASE.encode()) as vault:
        assert len(vault.entries()) > 1000
    archive = zipfile.ZipFile(io.BytesIO(lived.browser.post("/settings/export").content))
    assert len(archive.read("entries.jsonl").splitlines()) >= 1000


def test_pages_never_scold_count_streaks_or_promise(lived: AppHere) -> None:
    avoid = ("streak", "relapse", "failed", "non-compliant", "detox", "recovery date", "caused by",
             "well done", "great job", "you are in a wave", "you will recover")  # fmt: skip
    for path in PAGES:
        page = lived.browser.get(path).text.casefold()
        assert not [word for word in avoid if word in page], path


def test_do_not_stop_suddenly_stands_near_every_dose(lived: AppHere) -> None:
    for path in ("/doses", "/journey/after", "/help", "/questions"):
        assert "Do not stop suddenly" in lived.browser.get(path).text


# ---- doses -----------------------------------------------------------------------------------


def take(app: AppHere, idempotency_key: str, **said: str):
    data = {
        "once": idempotency_key,
        "day": TODAY.isoformat(),
        "drug": "clonazepam",
        "mg": "0.5",
        **said,
    }
    return app.browser.post("/doses/take", data=data)


def test_a_second_dose_close_by_is_asked_about_once(tmp_path: Path) -> None:
    with AppHere(tmp_path) as app:
        app.unlock()
        take(app, "dose-page-1", at="19:50")
        asked = take(app, "dose-page-2", at="20:00")
        assert "Is this a second dose?" in asked.text
        assert len(app.about("dose_taken")) == 1
        take(app, "dose-page-2", at="20:00", second="yes")
        assert len(app.about("dose_taken")) == 2
        assert "Is this a second dose?" not in take(app, "dose-page-3", at="08:00").text
        take(app, "dose-page-3", at="08:00")  # the same page again
        assert len(app.about("dose_taken")) == 3


def test_the_guard_also_knows_what_was_sealed_since_the_lock(tmp_path: Path) -> None:
    with AppHere(tmp_path) as app:
        take(app, "dose-page-1", at="19:50")
        assert "Is this a second dose?" in take(app, "dose-page-2", at="20:00").text
        assert len(app.sealed_files()) == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"mg": "0"}, "not taken"),
        ({"mg": "much"}, "not an amount"),
        ({"mg": "1e3"}, "not a number"),
        ({"drug": ""}, "name the medicine"),
        ({"at": "22:59"}, "lies ahead"),
        ({"at": "25:00"}, "not a time"),
        ({"mg": "999999999999"}, "more than any dose"),
        ({"mg": "٢"}, "Saved"),
    ],
)
def test_a_dose_that_cannot_be_is_refused_in_words(tmp_path: Path, said: dict, words: str) -> None:
    with AppHere(tmp_path) as app:
        assert words in take(app, "dose-page-9", **said).text
        assert len(app.sealed_files()) == (1 if words == "Saved" else 0)


def test_days_of_supply_count_what_was_written_and_gaps_as_planned(tmp_path: Path) -> None:
    with AppHere(tmp_path) as app:
        app.unlock()
        app.browser.post(
            "/doses/prescription",
            data={"once": "label-page-9", "drug": "clonazepam", "mg": "1", "supply": "30",
                  "since": "2026-03-01", "times": "08:00, 22:00"},
        )  # fmt: skip
        # What was taken before the supply was written down came from an earlier box.
        # Today's dose is not written yet: it counts as planned, like any other day.
        assert "about 29 days" in app.browser.get("/doses").text
        app.now = app.now.model_copy(update={"at": app.now.at + dt.timedelta(days=9)})
        app.unlock()
        page = app.browser.get("/doses").text
        assert "about 20 days" in page  # 30 mg less ten days at 1 mg, today among them
        assert "10 days without a written dose count as planned" in page
        calendar = app.browser.get("/doses/reminders.ics").text
        assert calendar.count("BEGIN:VEVENT") == 2
        for word in ("clonazepam", "dose", "mg", "Landward diary"):
            assert word not in calendar.replace("PRODID:-//Landward", "")
        assert app.browser.get("/doses/card.pdf").content.startswith(b"%PDF-")


def test_more_than_one_planned_day_not_taken_stands_first_on_today_and_doses(
    tmp_path: Path,
) -> None:
    with AppHere(tmp_path) as app:
        app.unlock()
        today = app.now.at.date()
        for back, answer in ((3, "as_planned"), (2, "not_taken"), (1, "not_taken")):
            day = today - dt.timedelta(days=back)
            app.save(day=day.isoformat(), day_is="5", dose=answer)
            words = "Planned days not taken:"
            assert (words in app.browser.get("/today").text) is (back == 1)
        for page in ("/today", "/doses"):
            text = app.browser.get(page).text
            stop = text.index("Planned days not taken: clonazepam on")
            assert stop < text.index("Do not stop suddenly") < text.index("Write one dose")
        assert 'value="missed_dose">I missed a dose: what to do' in text
        # A day that is still to come, or one looked back at, is not about now.
        assert words not in app.browser.get(f"/today?day={today - dt.timedelta(days=5)}").text


def test_not_taken_and_different_stay_apart_from_as_planned(tmp_path: Path) -> None:
    with AppHere(tmp_path) as app:
        app.unlock()
        app.save(day_is="5", dose="not_taken")
        assert "not taken" in app.browser.get("/doses").text
        asked = app.save(day="2026-03-09", day_is="5", dose="different")
        assert "How much was it?" in asked.text
        take(app, "dose-page-4", day="2026-03-09", mg="0,75", different="1")
        bodies = sorted(entry.body for entry in app.about("dose_taken"))
        assert '"status":"different"' in bodies[1] + bodies[0]
        assert any('"dose_mg":"0.75"' in body for body in bodies)


def test_parts_of_the_report_are_chosen_and_the_warning_stays(lived: AppHere) -> None:
    offered = [
        "request", "doses", "taper", "chart", "changes", "symptoms", "days", "feelings", "everyday",
    ]  # fmt: skip
    page = lived.browser.get("/report").text
    assert all(f'name="offered" value="{part}"' in page for part in offered)
    said = {"do": "preview", "period": "84", "offered": offered, "part": ["symptoms"]}
    preview = lived.browser.post("/report", data=said).text
    assert "Symptoms: watched ones, then the hardest (0 none, 4 extreme)</h3>" in preview
    assert "Before and after the last changes" not in preview
    assert "Left out by choice: my request, dose now, the whole taper" in preview
    assert "Safety, as stated" in preview and "Do not stop suddenly" in preview
    assert "What stands behind it" not in preview
    longer = lived.browser.post("/report", data={**said, "add": ["calendar", "every-symptom"]}).text
    assert "Everything that was asked</h3>" in longer
    assert "The days as a calendar</h3>" not in longer  # it tells what the chart tells
    pdf = lived.browser.post("/report", data={**said, "do": "report"}).content
    text = flat(pdf)
    assert "Takes now" not in text and "Do not stop suddenly" in text


def test_preview_and_paper_say_the_same_words(lived: AppHere) -> None:
    """Both are made from one list: every word of a block's shape stands on either."""
    diary = lived.room.diary
    assert diary is not None
    page = report_context(diary.diary)
    preview = html.unescape(lived.browser.get("/report").text)
    paper = flat(report_pdf(page, today=TODAY))
    blocks = [(block, shape) for block, shape in page.shown()]
    assert [block.name for block, _ in blocks] == [
        "request", "safety", "doses", "taper", "chart", "changes", "symptoms", "days", "feelings",
        "everyday",
    ]  # fmt: skip
    for block, shape in blocks:
        assert block.title in preview and block.title in paper, block.name
        if isinstance(shape, Table):
            for cell in (cell for row in shape.rows for cell in row.cells):
                assert cell.words in preview and cell.words in paper, (block.name, cell)


def test_a_named_reader_is_noted_without_reading_the_diary_anew(lived: AppHere) -> None:
    diary = lived.room.diary
    assert diary is not None
    kept = diary.diary
    said = {"do": "report", "period": "28", "reader": "Dr Lind", "offered": "chart"}
    assert lived.browser.post("/report", data=said).content.startswith(b"%PDF-")
    assert [body.reader for _, body in diary.diary.of(Shared)][-1] == "Dr Lind"
    assert kept.lines[0][1] is diary.diary.lines[0][1]  # the same values, one more entry
