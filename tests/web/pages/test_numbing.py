"""What can numb: side by side, never assigned; the questions; the papers for numb days."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.app_here import TODAY, AppHere

from landward.app.share.report import report_context
from landward.report.numb_papers import ALWAYS, CARD


@pytest.fixture
def here(tmp_path: Path) -> Iterator[AppHere]:
    with AppHere(tmp_path) as app:
        app.unlock()
        for back in range(4):
            day = (TODAY - dt.timedelta(days=back)).isoformat()
            app.save(day=day, day_is="5", pleasant="1", painful="0", dose="as_planned")
        yield app


def shown(here: AppHere, path: str = "/journey/numbing") -> str:
    answer = here.browser.get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>|<[^>]+>", " ", answer.text, flags=re.S))


def tell(here: AppHere, thing: str, **said: str):
    return here.browser.post("/journey/numbing", data={"thing": thing, **said})


def test_each_medicine_and_what_was_told_stand_side_by_side(here: AppHere) -> None:
    tell(
        here, "depression", **{"from": "2026-02-01", "until": "", "before": "yes", "words": "flat"}
    )
    tell(here, "numb", before="no")
    said = shown(here)
    assert "Clonazepam" in said
    assert "1 Feb 2026 to now; so before the medicine: yes; flat" in said
    assert "Feeling less so before the medicine: no" in said
    assert "nothing here says which of them it is" in said
    assert "because of" not in said and "caused" not in said


def test_an_answer_left_open_is_taken_back(here: AppHere) -> None:
    tell(here, "burnout", **{"from": "2026-02-01", "before": "no"})
    assert "1 Feb 2026 to now" in shown(here)
    tell(here, "burnout", **{"from": "", "before": ""})
    assert "1 Feb 2026" not in shown(here)


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        ("depression", {"from": "2026-03-01", "until": "2026-02-01"}),
        ("depression", {"from": "yesterday"}),
        ("the_moon", {"before": "yes"}),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    here: AppHere, thing: str, said: dict[str, str]
) -> None:
    before = len(here.entries())
    assert tell(here, thing, **said).status_code == 422
    assert len(here.entries()) == before


def test_every_question_leads_to_what_it_rests_on(here: AppHere) -> None:
    page = here.browser.get("/journey/numbing").text
    rows = re.findall(r'href="(/library/row/numb\.\w+)"', page)
    assert len(rows) == 10
    for row in rows:
        assert here.browser.get(row).status_code == 200


def test_the_appendix_holds_both_where_it_is_chosen(here: AppHere) -> None:
    tell(here, "burnout", **{"from": "2026-02-01", "words": "the night shifts"})
    diary = here.room.diary
    assert diary is not None

    def leaves(**more: object) -> str:
        made = report_context(diary.diary, appendices=["numbness"], **more)
        return " ".join(str(leaf) for leaf in made.appendix)

    assert "What can numb, side by side" in leaves()
    assert "the night shifts" in leaves()
    assert "Which came first: the medicine, or feeling less?" in leaves()
    assert "Goodwin GM et al. J Affect Disord 2017" in leaves()  # as a clinician finds it
    assert "LANDWARD" not in leaves() and "our own question" in leaves()
    assert "the night shifts" not in leaves(own_words=False)
    assert leaves(without=["feelings"]) == ""


def test_page_one_asks_one_question_under_feelings(here: AppHere) -> None:
    assert "To answer together: how was it before the medicine?" in shown(here, "/report")


def test_the_card_is_kept_changed_and_printed(here: AppHere) -> None:
    page = shown(here, "/journey/card")
    assert CARD[0] in page and ALWAYS[0] in page
    answer = here.browser.post(
        "/journey/card", data={"text": "Be near me.\n\nBring bread.", "print": "yes"}
    )
    assert answer.headers["content-type"] == "application/pdf" and answer.content[:5] == b"%PDF-"
    assert "Bring bread." in shown(here, "/journey/card")
    here.browser.post("/journey/card", data={"text": ""})
    assert CARD[0] in shown(here, "/journey/card")


def test_the_page_of_the_library_prints_while_locked(here: AppHere) -> None:
    here.lock()
    answer = here.browser.get("/print/living-while-numb.pdf")
    assert answer.content[:5] == b"%PDF-"
    assert "Print “Living while numb”" in shown(here, "/library/article/living-while-numb")


def test_a_note_to_oneself_opens_only_where_that_was_chosen(here: AppHere) -> None:
    here.browser.post("/settings", data={"fields": ["better_note"], "better_note": "It passed."})
    page = here.save(day_is="9").text
    assert "It passed." in page and "<details open>" not in page
    here.browser.post("/settings", data={"fields": ["better_note_from"], "better_note_from": "7"})
    assert "<details open>" in here.save(day_is="8").text
