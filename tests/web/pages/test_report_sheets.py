"""The page on screen is the page that prints: the same values, by the same typesetter."""

import re
from pathlib import Path

from tests.web.app_here import TODAY, AppHere

from landward.app.share.report import report_context
from landward.report.report_pdf import report_pictures
from landward.report.six_lines import six_lines

PNG = b"\x89PNG\r\n"


def test_the_preview_is_the_page_itself(tmp_path: Path) -> None:
    with AppHere(tmp_path) as app:
        app.unlock()
        app.save(day_is="5")
        page = app.browser.get("/report").text
        address = re.search(r'src="(/report/page[.]png[?]of=[0-9a-f]{24})&amp;n=1"', page)
        assert address is not None
        sheet = app.browser.get(address[1])
        assert sheet.headers["content-type"] == "image/png" and sheet.content.startswith(PNG)
        diary = app.room.diary
        assert diary is not None
        context = report_context(diary.diary)
        assert report_pictures(context, today=TODAY)[0] == sheet.content
        assert all(line in page for line in six_lines(context)[3:])
        chosen = app.browser.post("/report", data={"do": "preview", "request": "Secret words"}).text
        other = re.search(r'src="([^"]*)&amp;n=1"', chosen)
        assert other is not None and other[1] != address[1] and "Secret" not in other[1]
        assert app.browser.get(other[1]).content != sheet.content


def test_a_page_nobody_made_is_refused_in_words(tmp_path: Path) -> None:
    with AppHere(tmp_path) as app:
        app.unlock()
        app.save(day_is="5")
        page = app.browser.get("/report").text
        token = re.search(r"of=([0-9a-f]{24})", page)
        assert token is not None
        for ask in ("of=nothing", f"of={token[1]}&n=9", f"of={token[1]}&n=x", ""):
            answer = app.browser.get(f"/report/page.png?{ask}")
            assert answer.status_code < 500 and "open Report again" in answer.text, ask
