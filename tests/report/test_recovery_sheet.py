import io
import re
from datetime import date

import pikepdf
import pypdfium2
import pytest

from landward.report.recovery_sheet import part_sheet, recovery_sheet
from landward.vault.words import from_words, new_secret, to_shares, to_words

DAY = date(2026, 11, 21)


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
        return document[0].get_textpage().get_text_range()


def test_the_sheet_holds_the_words_in_order_and_opens_with_them() -> None:
    words = to_words(new_secret())
    text = text_of(recovery_sheet(words, made_on=DAY))
    found = [re.search(rf"\b{n}\s*{word}\b", text) for n, word in enumerate(words, start=1)]
    starts = [match.start() for match in found if match]
    assert len(starts) == 12 and starts == sorted(starts)
    assert from_words(" ".join(words))
    assert "landward vault recover" in text and "2026-11-21" in text


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_part_says_what_it_is_and_for_whom_it_is_nothing(paper: str) -> None:
    parts = to_shares(new_secret())
    text = text_of(part_sheet(parts[1], 2, made_on=DAY, paper=paper))
    assert "Part 2 of three" in text and all(word in text for word in parts[1].split())


def test_the_page_is_tagged_and_the_same_each_time() -> None:
    words = to_words(bytes(16))
    pdf = recovery_sheet(words, made_on=DAY)
    assert pdf == recovery_sheet(words, made_on=DAY)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "en"


def test_the_code_on_the_page_is_the_words() -> None:
    """Every module of the printed QR code is read back and compared with the words' own code."""
    import segno

    words = to_words(bytes(range(16)))
    with pypdfium2.PdfDocument(recovery_sheet(words, made_on=DAY)) as document:
        page = document[0].render(scale=4).to_pil().convert("L")
    left, top = int(page.width * 0.63), int(page.height * 0.37)
    area = page.crop((left, top, page.width, int(page.height * 0.75)))
    dark = area.point(lambda level: 255 if level < 128 else 0)
    x0, y0, x1, y1 = dark.getbbox()
    matrix = segno.make(" ".join(words), error="m", micro=False).matrix
    size = (x1 - x0) / len(matrix)
    assert abs((y1 - y0) - (x1 - x0)) <= 2
    read = [
        [
            dark.getpixel((int(x0 + (column + 0.5) * size), int(y0 + (row + 0.5) * size))) > 0
            for column in range(len(matrix))
        ]
        for row in range(len(matrix))
    ]
    assert read == [[bool(module) for module in row] for row in matrix]
