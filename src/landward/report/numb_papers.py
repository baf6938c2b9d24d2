"""Two papers about feeling less: “Living while numb” from the library, and a card for family."""

from datetime import date

from landward.model.said import ENGLISH, Catalogue, Words, phrase
from landward.report.article_page import ArticlePage
from landward.report.typesetting import Paper, typeset

CARD: tuple[Words, ...] = (
    phrase("I feel less than I used to. That is not how I feel about you."),
    phrase("I may look cold or far away. I am not angry with you."),
    phrase("Sit with me. You do not have to say anything, and I do not have to feel anything."),
    phrase("Ask me along to small things. It is all right if I say no."),
    phrase("What I do for you, I mean, also on days when I cannot feel it."),
    phrase("Please do not ask when it will be over. Nobody knows. Ask how today is."),
    phrase("If I laugh or cry, let it be. It needs no comment."),
)
"""What the card says until somebody writes it in their own words."""

ALWAYS: tuple[Words, ...] = (
    phrase("Please do not hide or take away my tablets: a sudden stop is dangerous."),
    phrase("If I talk of ending my life, or see or hear what others do not: get help the same day. "
           "A fit, or if I cannot be woken: call the emergency number now."),
)  # fmt: skip
"""What stands under every card, whoever wrote it."""

MOST_LINES = 14
LONGEST_LINE = 240


def card_lines(text: str) -> tuple[str, ...]:
    """The lines of an own card, blank ones left out; the usual card where there are none."""
    own = tuple(line.strip()[:LONGEST_LINE] for line in text.splitlines() if line.strip())
    return own[:MOST_LINES] or CARD


def family_card(
    lines: tuple[str, ...], *, made_on: date, paper: Paper = "a5", catalogue: Catalogue = ENGLISH
) -> bytes:
    """The card as a PDF. It says neither whose it is nor which medicine."""
    return typeset("numb_card", card_data(lines), date=made_on, paper=paper, catalogue=catalogue)


def card_data(lines: tuple[str, ...]) -> dict[str, object]:
    """What the template is handed."""
    return {
        "title": phrase("For you, while I feel less"),
        "lines": list(lines),
        "always": list(ALWAYS),
        "always_title": phrase("And always"),
    }


def living_while_numb(
    page: ArticlePage, *, made_on: date, paper: Paper = "a4", catalogue: Catalogue = ENGLISH
) -> bytes:
    """The library's page as a PDF, what each sentence rests on behind it in small print."""
    return typeset("numb_page", living_data(page), date=made_on, paper=paper, catalogue=catalogue)


def living_data(page: ArticlePage) -> dict[str, object]:
    """What the template is handed."""
    parts = [
        {"heading": part.heading,
         "lines": [{"text": line.text, "rests": _numbers(line.numbers)} for line in part.lines]}
        for part in page.parts
    ]  # fmt: skip
    return {
        "title": phrase("Living while numb"),
        "answer": page.answer.text,
        "parts": parts,
        "ask_head": phrase("To say to a doctor"),
        "ask": page.ask,
        "rests_head": phrase("What it rests on"),
        "rests": [
            {"number": str(number), "text": rest.line}
            for number, rest in enumerate(page.rests, start=1)
        ],
        "standing": page.standing,
    }


def _numbers(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))
