"""Nine safety questions: skipped is no “no”, a yes opens what to do, planning hears the same."""

import datetime as dt
from pathlib import Path

from tests.web.app_here import TODAY, AppHere

from landward.app.plan.safe_planning import answers_of
from landward.app.share.report import report_context
from landward.model.safety_questions import SAFETY_QUESTIONS, is_due, last_asked
from landward.report.blocks.safety_strip import SAFETY


def test_answers_stand_on_the_page_and_what_was_left_out_is_no_no(tmp_path: Path) -> None:
    with AppHere(tmp_path) as app:
        app.unlock()
        app.save(day_is="5")
        page = app.browser.get("/safety").text
        assert page.count('value="skipped"') == len(SAFETY_QUESTIONS) == 9
        assert "checked" not in page
        assert 'href="/safety"' in app.browser.get("/report").text
        said = {"seizure": "no", "fall": "no", "pregnancy": "no", "opioid": "skipped"}
        gone = app.browser.post("/safety", data=said)
        assert str(gone.url).endswith("/report") and 'href="/safety"' not in gone.text
        diary = app.room.diary
        assert diary is not None
        strip = SAFETY.of(report_context(diary.diary))
        assert strip is not None and strip.private
        ((month, facts),) = strip.said_no
        assert facts == "seizure, fall and pregnancy" and month.startswith("in the month to")
        assert "opioid" in strip.not_answered and strip.not_asked == ""
        planned = answers_of(diary.me)
        assert planned == {"ask.pregnancy": "no"}  # a month says nothing about a whole life
        lines = diary.diary.lines
        assert last_asked(lines) == TODAY and not is_due(lines, TODAY)
        assert is_due(lines, TODAY + dt.timedelta(days=31))


def test_a_yes_opens_what_to_do_and_the_same_answer_counts_for_planning(tmp_path: Path) -> None:
    with AppHere(tmp_path) as app:
        app.unlock()
        app.save(day_is="5")
        page = app.browser.post("/safety", data={"seizure": "yes", "ran_out": "yes"}).text
        assert page.index('value="flag.seizure"') < page.index('value="flag.ran_out"')
        assert 'action="/serious"' in page and "stopping suddenly" in page
        steps = app.browser.post("/serious", data={"what": "flag.seizure"}).text
        assert "Do not cut the dose any further on your own." in steps
        diary = app.room.diary
        assert diary is not None
        assert answers_of(diary.me) == {"ask.seizures": "yes"}
        # Asked again with every answer the same: it is an answer about another month.
        app.browser.post("/safety", data={"seizure": "yes", "ran_out": "yes"})
        assert sum(entry.kind == "profile" for entry, _ in diary.diary.lines) >= 2
