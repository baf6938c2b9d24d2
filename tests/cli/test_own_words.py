"""A symptom named only in the terminal keeps its words, in any script, locked or not."""

import json

import pytest

from landward.app.diary.open_diary import OpenDiary
from landward.cli.main import run
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

WORDS = "صداع"


@pytest.mark.parametrize("locked", [False, True])
def test_words_of_another_script_come_back(tmp_path, monkeypatch, capsys, locked) -> None:
    path = tmp_path / "v"
    Vault.create(path, "pw", cost=CHEAPEST)[0].lock()
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "pw")
    if locked:
        monkeypatch.delenv("LANDWARD_PASSPHRASE")
    assert run(["log", "--vault", str(path), "--symptom", f"{WORDS}=2"]) == 0
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "pw")
    capsys.readouterr()
    assert run(["course", "--vault", str(path)]) == 0
    assert WORDS in capsys.readouterr().out
    with Vault.open(path, "pw") as vault:
        (entry,) = vault.entries()
        assert WORDS in json.loads(entry.body)["words"].values()
        (item,) = json.loads(entry.body)["words"]
        assert OpenDiary(vault).me.label(item) == WORDS


def test_a_name_that_its_id_says_is_not_kept_twice(tmp_path, monkeypatch) -> None:
    path = tmp_path / "v"
    Vault.create(path, "pw", cost=CHEAPEST)[0].lock()
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "pw")
    assert run(["log", "--vault", str(path), "--symptom", "Brain fog=2"]) == 0
    with Vault.open(path, "pw") as vault:
        (entry,) = vault.entries()
        assert (entry.version, "words" in json.loads(entry.body)) == (1, False)


def test_two_answers_about_one_thing_are_refused(tmp_path, monkeypatch, capsys) -> None:
    path = tmp_path / "v"
    Vault.create(path, "pw", cost=CHEAPEST)[0].lock()
    said = ["--symptom", "Insomnia=3", "--symptom", "insomnia=1"]
    assert run(["log", "--vault", str(path), *said]) == 2
    assert "say one" in capsys.readouterr().err


def test_a_dose_says_what_was_kept(tmp_path, monkeypatch, capsys) -> None:
    path = tmp_path / "v"
    Vault.create(path, "pw", cost=CHEAPEST)[0].lock()
    half = ["--drug", "Valium", "--dose", "½ tablet of 5 mg"]
    assert run(["dose", "--vault", str(path), *half]) == 0
    assert "Saved diazepam (Valium) 2.5 mg for" in capsys.readouterr().out
