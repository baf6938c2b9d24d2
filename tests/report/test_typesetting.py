"""The typesetter: accessible, archival, repeatable; a person's words never run."""

import io
import tempfile
from datetime import date
from pathlib import Path

import pdfua
import pikepdf
import pypdfium2
import pytest

from landward.model.base import LandwardError
from landward.report.typesetting import compile_template, typeset

DAY = date(2026, 1, 2)
OF_INDIA = "नींद ঘুম தூக்கம் นอน"
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20">'
    '<text x="2" y="14" font-family="Atkinson Hyperlegible" font-size="12">four</text></svg>'
)


def page(*texts, **more):
    return {
        "title": "A page",
        "blocks": [*({"text": text} for text in texts), *more.get("also", [])],
    }


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(sheet.get_textpage().get_text_bounded() for sheet in document)


def test_a_page_is_tagged_archival_and_named():
    pdf = typeset("plain", page("words", also=[{"svg": PICTURE, "alt": "a four"}]), date=DAY)
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
        assert meta["dc:title"] == "A page"
        assert meta["xmp:CreateDate"].startswith("2026-01-02T00:00:00")
        assert document.Root.Lang == "en"
        assert document.Root.MarkInfo.Marked
        assert document.Root.StructTreeRoot is not None
        assert document.Root.ViewerPreferences.DisplayDocTitle


@pytest.mark.parametrize(
    "paper, size_pt", [("a4", (595, 842)), ("letter", (612, 792)), ("a5", (420, 595))]
)
def test_paper(paper, size_pt):
    pdf = typeset("plain", page("words"), date=DAY, paper=paper)
    width, height = pypdfium2.PdfDocument(pdf)[0].get_size()
    assert (round(width), round(height)) == size_pt


def test_the_same_input_gives_the_same_bytes():
    data = page("one", "zwei", "três", also=[{"svg": PICTURE, "alt": "a four"}])
    assert typeset("plain", data, date=DAY) == typeset("plain", data, date=DAY)


def test_only_bundled_fonts_are_used():
    pdf = typeset(
        "plain",
        page("words Жук مرحبا שלום " + OF_INDIA, also=[{"svg": PICTURE, "alt": "a"}]),
        date=DAY,
    )
    with pikepdf.open(io.BytesIO(pdf)) as document:
        names = {
            str(thing.BaseFont).split("+")[-1].split("-")[0]
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Subtype") == "/Type0"
        }
    scripts = ("Arabic", "Hebrew", "Bengali", "Tamil", "Thai")  # Noto Sans has Devanagari itself
    assert names == {"AtkinsonHyperlegible", "NotoSans", *(f"NotoSans{s}" for s in scripts)}


def test_chinese_japanese_and_korean_with_the_extra_font(with_the_extra):
    pdf, warnings = compile_template("plain", page("睡不着 眠れない 잠 못 잤다"), date=DAY)
    assert warnings == [] and "睡不着 眠れない 잠 못 잤다" in words(pdf)


@pytest.mark.parametrize(
    "written",
    [
        "#panic()",
        '#read("base.typ")',
        "$ x $ *bold* _thin_ @ref <label> \\ `raw` ~ // comment",
        '"); #eval("1+1")',
        "= Heading",
    ],
)
def test_a_persons_words_are_printed_and_never_run(written):
    pdf, warnings = compile_template("plain", page(written), date=DAY)
    assert written in words(pdf)
    assert warnings == []


def test_what_the_fonts_lack_is_said_in_words():
    text = words(typeset("plain", page("bad night 😭, 你好"), date=DAY))
    assert "bad night [loudly crying face], [2 letters this page cannot print]" in text


def test_a_picture_without_a_description_is_refused():
    with pytest.raises(LandwardError, match=r"plain.*alt"):
        typeset("plain", page(also=[{"svg": PICTURE, "alt": None}]), date=DAY)


def test_nothing_is_left_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    typeset("plain", page("secret"), date=DAY)
    assert list(Path(tmp_path).iterdir()) == []


def test_pdfua_checks_pass(tmp_path):
    path = tmp_path / "page.pdf"
    path.write_bytes(typeset("plain", page("words", also=[{"svg": PICTURE, "alt": "a"}]), date=DAY))
    report = pdfua.validate(str(path))
    assert report.exit_code == 0, report.findings
    assert not [f for f in report.findings if f.severity >= pdfua.Severity.WARNING], report.findings
