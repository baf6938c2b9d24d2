"""From the sentences in the source to a language that is shown: collected, translated, compiled."""

import importlib.util
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from landward.app.library.languages import LANGUAGES, catalogue_of, languages
from landward.model.base import BadInput
from landward.model.said import ENGLISH, counted, phrase
from landward.web.http.templates import environment

ROOT = Path(__file__).parents[2]
spec = importlib.util.spec_from_file_location("collect", ROOT / "translations" / "__main__.py")
assert spec is not None and spec.loader is not None
collect = importlib.util.module_from_spec(spec)
spec.loader.exec_module(collect)

GERMAN = {
    "Help now": "Hilfe jetzt",
    "Skip to the page": "Zum Inhalt",
    "Do not stop suddenly: stopping suddenly can cause seizures and can kill.":
        "Nicht plötzlich absetzen: das kann Krampfanfälle auslösen und tödlich sein.",
}  # fmt: skip


def test_templates_and_code_are_collected_with_their_places() -> None:
    found = collect.collected()
    places = {message.id: message.locations for message in found if message.id}
    assert any(path == "web/templates/base.html" for path, _ in places["Help now"])
    assert any(path == "model/stopping.py" for path, _ in places[next(reversed(GERMAN))])
    assert ("Filled in {delay} day later.", "Filled in {delay} days later.") in places
    assert len(found) > 500


def test_a_language_goes_all_the_way_to_a_page(tmp_path: Path) -> None:
    collect.bring_up_to_date("de", tmp_path, tmp_path)
    po = tmp_path / "de.po"
    with po.open("rb") as file:
        catalogue = read_po(file, locale="de")
    for english, german in GERMAN.items():
        catalogue[english].string = german
    with po.open("wb") as file:
        write_po(file, catalogue)
    collect.bring_up_to_date("de", tmp_path, tmp_path)  # what was translated stays

    german = catalogue_of("de", tmp_path)
    assert languages(tmp_path) == ("en", "de")
    page = environment(german).get_template("closed.html").render(
        theme="dim", text="100", app_name="Landward", inside=False, label="", said="", at="/"
    )  # fmt: skip
    assert '<html lang="de"' in page and "Hilfe jetzt" in page and "Zum Inhalt" in page
    assert "This door is closed" in page, "what is not translated yet stays English"
    assert str(german.words(phrase("Help now"))) == "Hilfe jetzt"
    assert german.words(counted(2, "{count} day", "{count} days")) == "2 days"


def test_english_alone_is_shipped() -> None:
    assert languages() == ("en",) and catalogue_of("en") is ENGLISH
    assert not LANGUAGES.exists()


def test_bad_input_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there are: en"):
        catalogue_of("tlh", tmp_path)
    (tmp_path / "xx.mo").write_bytes(b"no catalogue")
    with pytest.raises(BadInput, match="cannot be read"):
        catalogue_of("xx", tmp_path)
    assert collect.main(["no language"]) == 2
