"""Making the pocket and taking home what it sealed, without a browser."""

import base64
import datetime as dt
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from tests.making import entry
from tests.vault.test_browser_seal import HARD_DAY, sealed
from tests.web.home import NAMED, PASSPHRASE, entries, new_vault

from landward.app.diary.locked_view import LockedView
from landward.app.phone import collect as collect_pocket
from landward.app.phone.collect import read_parcel
from landward.app.phone.make_page import own_pin, plain_mg, pocket_files, pocket_of, write_pocket
from landward.catalog.catalog import load_catalog
from landward.cli.main import run
from landward.model.base import BadInput
from landward.model.bodies import PlanAdopted, Prescription, Profile
from landward.model.item_ids import item_of
from landward.model.questions import FEELING_WORDS, SEVERITY_WORDS, SPECIAL_ANSWERS
from landward.vault import Vault, inbox
from landward.vault.header import read_header

TODAY = dt.date.today()


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A diary with a drug, a plan that steps down in a week, two pins, a card, a safety plan."""
    monkeypatch.setenv("LANDWARD_PASSPHRASE", PASSPHRASE)
    path = new_vault(tmp_path, LockedView())
    step = (TODAY + dt.timedelta(days=7)).isoformat()
    plan = {"drug": "diazepam", "steps": [{"start": step, "days": 14, "made_mg": "9.50"}]}
    with Vault.open(path, PASSPHRASE) as journal:
        journal.append(
            [
                entry(
                    Profile(
                        fields={
                            "country": "nz",
                            "pins": "insomnia own:dread",
                            "names": '{"own:dread": "Dread <at night>"}',
                            "card": "Call Dr & Co <now>",
                            "plan.people": "My sister",
                            "day_starts_at": "05:30",
                        }
                    ),
                    key="profile",
                ),
                entry(Prescription(drug="diazepam", dose_mg_per_day="10.0"), key="drug"),
                entry(PlanAdopted(plan=json.dumps(plan), tables_version="1"), key="plan"),
            ]
        )
    return path


def made(vault: Path, *options: str) -> tuple[int, str]:
    code = run(["pocket", str(vault.parent / "page"), "--vault", str(vault), *options])
    page = vault.parent / "page" / "index.html"
    return code, page.read_text("utf-8") if page.exists() else ""


# ---- what is readable on it ------------------------------------------------------------------


def test_by_default_only_the_pins_and_the_countrys_numbers_are_readable(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, page = made(vault)
    assert code == 0
    assert "Dread &lt;at night&gt;" in page and "Insomnia" in page
    assert 'data-day-starts-at="05:30"' in page
    assert "call 111 now" in page and "tel:1737" in page and "sms:1737" in page
    for word in ("diazepam", "Dr &amp; Co", "My sister", " mg"):
        assert word not in page, word
    assert "Readable on it: 2 symptom names." in capsys.readouterr().err


def test_drug_card_and_plan_only_when_asked_for(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, page = made(vault, "--dose", "--card", "--plan", "--country", "GB", "--name", "Notes")
    assert code == 0
    step = (TODAY + dt.timedelta(days=7)).isoformat()
    for words in ("Call Dr &amp; Co &lt;now&gt;", "My sister", "<title>Notes</title>", "Call 999"):
        assert words in page
    assert f"&#34;since&#34;: &#34;{step}&#34;, &#34;mg&#34;: &#34;9.5&#34;" in page
    assert "&#34;mg&#34;: &#34;10&#34;" in page
    manifest = json.loads((vault.parent / "page" / "manifest.webmanifest").read_text())
    assert manifest["name"] == "Notes"
    said = capsys.readouterr().err
    assert "2 symptom names, diazepam, your emergency card, your safety plan" in said


def test_own_pins_named_on_the_command_line(vault: Path) -> None:
    _, page = made(vault, "--pin", "Burning skin", "--pin", "tinnitus")
    assert 'data-item="burning_skin"' in page and "<legend>Burning skin</legend>" in page
    assert 'data-item="tinnitus"' in page and "Dread" not in page


def test_the_page_asks_in_the_words_of_the_app(vault: Path) -> None:
    _, page = made(vault, "--pin", "tinnitus", "--pin", "دوخة")
    for word in (*FEELING_WORDS, *SEVERITY_WORDS, *SPECIAL_ANSWERS.values()):
        assert f">{word}<" in page, word
    assert f'data-item="{item_of("دوخة")}"' in page and "<legend>دوخة</legend>" in page


def test_a_country_we_know_nothing_about_gets_general_words(vault: Path) -> None:
    _, page = made(vault, "--country", "ZZ")
    assert "call your local emergency number now" in page and "tel:" not in page


def test_the_same_pocket_is_the_same_bytes_and_a_changed_one_is_a_new_version(vault: Path) -> None:
    header, crisis = read_header(vault), load_catalog().crisis("GB")
    one = pocket_files(pocket_of(header, NAMED, TODAY), crisis)
    pocket_files.cache_clear()
    assert dict(pocket_files(pocket_of(header, NAMED, TODAY), crisis)) == dict(one)
    other = pocket_files(pocket_of(header, NAMED.saying(card="x"), TODAY), crisis)
    assert other["sw.js"] != one["sw.js"] and other["app.js"] == one["app.js"]


def test_every_file_the_page_names_is_there(vault: Path) -> None:
    files = pocket_files(pocket_of(read_header(vault), NAMED, TODAY), load_catalog().crisis("GB"))
    html = files["index.html"].decode()
    named = set(re.findall(r'(?:src|href)="([^"#:]+)"', html))
    scripts = b"".join(files[name] for name in files if name.endswith(".js")).decode()
    named |= set(re.findall(r'from "\./([^"]+)"', scripts))
    named |= set(re.findall(r'url\("([^"]+)"\)', files["style.css"].decode()))
    kept = re.search(r"const FILES = (\[.*?\]);", files["sw.js"].decode())
    assert kept is not None
    offline = set(json.loads(kept.group(1)))
    assert named <= set(files) and named <= offline
    assert offline - {"./"} <= set(files)


# ---- where it is written ---------------------------------------------------------------------


def test_a_folder_with_other_things_is_left_alone(vault: Path, tmp_path: Path) -> None:
    mine = tmp_path / "page"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    assert made(vault)[0] == 2
    assert [path.name for path in mine.iterdir()] == ["thesis.txt"]
    assert run(["pocket", str(mine / "thesis.txt"), "--vault", str(vault)]) == 2


def test_made_again_in_the_same_place(vault: Path) -> None:
    assert made(vault)[0] == 0
    code, page = made(vault, "--country", "GB")
    assert code == 0 and "Call 999" in page


def test_write_pocket_ends_with_the_service_worker(tmp_path: Path, vault: Path) -> None:
    files = pocket_files(pocket_of(read_header(vault), NAMED, TODAY), load_catalog().crisis("GB"))
    folder = write_pocket(tmp_path / "p", files)
    # It may name a drug and what was chosen to ask: for its owner alone, until a host copies it.
    assert all(made.stat().st_mode & 0o77 == 0 for made in (folder, *folder.rglob("*")))
    written = sorted((p.stat().st_mtime_ns, p.name) for p in folder.rglob("*") if p.is_file())
    assert written[-1][1] == "sw.js"


@pytest.mark.parametrize("words", ["", "   ", "!!!", "…"])
def test_a_pin_without_letters_is_refused(words: str) -> None:
    with pytest.raises(BadInput):
        own_pin(words)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("1.50", "1.5"), ("10", "10"), ("0.125", "0.125"), ("100", "100"), ("2.0", "2")],
)
def test_milligrams_are_shown_exactly(amount: str, shown: str) -> None:
    assert plain_mg(Decimal(amount)) == shown


@pytest.mark.parametrize("option", ["--card", "--dose"])
def test_asking_for_what_the_diary_does_not_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANDWARD_PASSPHRASE", PASSPHRASE)
    empty = new_vault(tmp_path, LockedView())
    assert made(empty, option)[0] == 2
    assert f"leave out {option}" in capsys.readouterr().err
    assert not (tmp_path / "page").exists()


# ---- taking it home --------------------------------------------------------------------------


def parcel(vault: Path, count: int = 1) -> dict[str, object]:
    made = []
    for number in range(count):
        one = HARD_DAY.but(id=f"{number:032x}")
        blob = sealed(vault, one)
        text = base64.b64encode(blob.blob).decode()
        made.append({"id": blob.id, "box": blob.box, "sealed": text})
    whole = {"format": "landward-waiting", "version": 1, "vault": read_header(vault).vault}
    return {**whole, "entries": made}


def collected(vault: Path, told: object, command: tuple[str, ...] = ("pocket", "collect")) -> int:
    file = vault.parent / "waiting.landward"
    file.write_text(json.dumps(told, separators=(",", ":")))
    return run([*command, str(file), "--vault", str(vault)])


def test_import_knows_a_phones_file_too(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = len(entries(vault))
    assert collected(vault, parcel(vault), ("import", "--dry-run")) == 0
    assert "1 sealed entry from a phone" in capsys.readouterr().out
    assert inbox.waiting(vault) == ()
    assert collected(vault, parcel(vault), ("import",)) == 0
    assert len(entries(vault)) == before + 1


def test_more_than_the_inbox_takes_at_once_needs_the_diary_open(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert collect_pocket.AT_ONCE < inbox.MAX_RECENT
    monkeypatch.setattr(collect_pocket, "AT_ONCE", 10)
    told = parcel(vault, 25)
    monkeypatch.delenv("LANDWARD_PASSPHRASE")
    assert collected(vault, told) == 2
    assert inbox.waiting(vault) == ()
    monkeypatch.setenv("LANDWARD_PASSPHRASE", PASSPHRASE)
    before = len(entries(vault))
    assert collected(vault, told) == 0
    assert len(entries(vault)) == before + 25


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"vault": "00" * 16}, "another diary"),
        ({"version": 2}, "newer Landward"),
        ({"format": "daylio"}, "not a file of waiting entries"),
        ({"entries": [{"id": "x" * 32, "box": "y", "sealed": "z"}]}, "cut short or changed"),
        ({"entries": "all"}, "cut short or changed"),
        ({"entries": None}, "cut short or changed"),
    ],
)
def test_a_file_that_is_not_ours_changes_nothing(
    vault: Path, change: dict[str, object], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert collected(vault, {**parcel(vault), **change}) == 2
    told = capsys.readouterr().err
    assert says in told and told.count("\n") == 1
    assert inbox.waiting(vault) == ()


@pytest.mark.parametrize("junk", [b"", b"\xff\xfe", b"[" * 100_000, b"null", b"{}", b"\x00" * 50])
def test_junk_is_no_parcel(junk: bytes) -> None:
    with pytest.raises(BadInput):
        read_parcel(junk)
