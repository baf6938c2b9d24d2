"""“Living while numb” and the card for family, as PDFs."""

import datetime as dt

from landward.app.library.articles import read_page
from landward.model.said import ENGLISH, Catalogue
from landward.report.numb_papers import card_lines, family_card, living_while_numb
from landward.report.typesetting import Paper

ARTICLE = "living-while-numb"


def living_pdf(today: dt.date, paper: Paper = "a4", catalogue: Catalogue = ENGLISH) -> bytes:
    """The library's page for a wall or a bag. It holds nothing of anybody's diary."""
    return living_while_numb(read_page(ARTICLE), made_on=today, paper=paper, catalogue=catalogue)


def card_pdf(
    text: str, today: dt.date, paper: Paper = "a5", catalogue: Catalogue = ENGLISH
) -> bytes:
    """The card in the words given, else in the usual ones."""
    return family_card(card_lines(text), made_on=today, paper=paper, catalogue=catalogue)
