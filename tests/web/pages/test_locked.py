"""On screen: a passcode is drawn, shown once, and opens what is saved with it."""

import re
from pathlib import Path

from tests.web.app_here import AppHere


def test_a_passcode_is_drawn_and_opens_what_is_saved(tmp_path: Path) -> None:
    with AppHere(tmp_path) as app:
        app.unlock()
        app.save(day_is="5")
        said = {"period": "28", "reader": "Dr Lind", "request": "slower"}
        page = app.browser.post("/report/passcode", data=said).text
        passcode = re.search(r"<code>([0-9a-z-]{19})</code>", page)
        assert passcode and 'name="request" value="slower"' in page
        assert passcode[1] not in app.browser.post("/report/passcode", data=said).text
        saved = app.browser.post("/report/locked", data=said | {"passcode": passcode[1]})
        assert saved.content.startswith(b"<!doctype html>") and b"slower" not in saved.content
        pdf = app.browser.post("/report/locked", data=said | {"passcode": passcode[1], "do": "pdf"})
        assert pdf.content.startswith(b"%PDF") and b"/Encrypt" in pdf.content
        assert [e.kind for e in app.entries()][-1] == "shared"
        assert passcode[1] not in "".join(entry.body for entry in app.entries())


def test_a_passcode_a_person_chose_is_refused(tmp_path: Path) -> None:
    with AppHere(tmp_path) as app:
        app.unlock()
        app.save(day_is="5")
        for word in ("", "password", "0123-4567-89ab-cdei"):
            answered = app.browser.post("/report/locked", data={"passcode": word})
            assert (
                answered.status_code == 422 and "no passcode that was drawn here" in answered.text
            )
