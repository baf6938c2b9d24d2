"""What is printed, in the made-up language: the page says its language and its own sentences."""

import io

import pikepdf
import pytest
from tests.report.looking import words

from pseudo import PSEUDO, accented
from web.app_here import PASSPHRASE, AppHere


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The papers the app hands over, from a diary with one day in it."""
    with AppHere(tmp_path_factory.mktemp("diary"), catalogue=PSEUDO) as here:
        here.save(day_is="6", note="Zzz", **{"s:anxiety": "2"})
        here.browser.post("/unlock", data={"passphrase": PASSPHRASE})
        found = {
            "report": here.browser.post("/report", data={"do": "pdf"}).content,
            "letter": here.browser.post("/report", data={"do": "letter"}).content,
            "week": here.browser.get("/week/sheet.pdf").content,
        }
    return found


SAYS = {
    "report": "Taper and symptom page",
    "letter": "A slow reduction",
    "week": "A week on paper",
}


@pytest.mark.parametrize("paper", SAYS)
def test_a_paper_is_in_the_language_of_the_app(paper: str, papers: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(papers[paper])) as document:
        assert str(document.Root.Lang) == PSEUDO.language.partition("-")[0]
    said = words(papers[paper])
    assert accented(SAYS[paper]) in said and SAYS[paper] not in said
