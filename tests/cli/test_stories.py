"""`landward stories`, as a script sees it."""

import hashlib
import io
import json
from pathlib import Path

import landward
from landward.catalog.stories import StoryShelf
from landward.cli.main import run


def test_read_has_the_shape_that_scripts_rely_on(capsys, tmp_path):
    story = tmp_path / "story.txt"
    story.write_text("I took ten milligrams of Valium for six years and had insomnia.")
    assert run(["stories", "read", str(story), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["language"] == "en"
    assert {"text", "start", "end", "symptom", "negated", "possible", "whose", "phase", "kind",
            "confidence"} <= set(found["spans"][0])  # fmt: skip
    assert found["drugs"] == [
        {"text": "Valium", "start": 25, "end": 31, "drug": "diazepam", "dose_mg": "10",
         "duration_days": 2190},
    ]  # fmt: skip


def test_spans_print_one_list_a_line_whatever_the_line(capsys, tmp_path):
    file = tmp_path / "sentences.txt"
    file.write_bytes(
        b"I had terrible nausea and headaches .\n\n\xff\xfe \x85 zaps\r\n\tno\x0bbreak\n."
    )
    assert run(["stories", "spans", str(file), "--json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    assert [one[2] for one in json.loads(lines[0])] == ["effect", "effect"]
    assert json.loads(lines[1]) == []


def test_reading_from_a_pipe(capsys, monkeypatch):
    class Piped:
        buffer = io.BytesIO(b"I have tinnitus.")

    monkeypatch.setattr("sys.stdin", Piped())
    assert run(["stories", "read", "-"]) == 0
    assert "tinnitus" in capsys.readouterr().out


def test_words_about_dying_point_to_help_and_leave_the_json_whole(capsys, tmp_path):
    story = tmp_path / "story.txt"
    story.write_text("I could not sleep and I wanted to die.")
    assert run(["stories", "read", str(story), "--json"]) == 0
    heard = capsys.readouterr()
    assert "landward crisis" in heard.err and json.loads(heard.out)["help_now"] is True


def test_code_writes_rows_without_words_and_a_data_card(capsys, tmp_path):
    stories = tmp_path / "stories.jsonl"
    stories.write_text(
        json.dumps({"id": "a", "text": "On Xanax I had insomnia and dizzy spells."})
        + "\n" + json.dumps({"text": "Je ne dors pas et je suis très fatigué depuis mai."})
    )  # fmt: skip
    for name in ("codes.jsonl", "codes.csv", "codes.parquet"):
        assert run(["stories", "code", str(stories), "-o", str(tmp_path / name)]) == 0
        heard = capsys.readouterr()
        assert "2 stories" in heard.out and "not consent" in heard.err
        assert "not consent" in (tmp_path / f"{name}.card.md").read_text()
    rows = [json.loads(line) for line in (tmp_path / "codes.jsonl").read_text().splitlines()]
    assert {row["symptom"] for row in rows} >= {"insomnia", "dizziness"}
    assert all("text" not in row for row in rows)
    import pyarrow.parquet as pq

    assert pq.read_table(tmp_path / "codes.parquet").num_rows == len(rows)
    made = pq.read_table(tmp_path / "codes.parquet").column("phase_weights_sha256").to_pylist()
    weights = Path(landward.__file__).parent / "tables" / "narratives" / "when.npz"
    assert set(made) == {hashlib.sha256(weights.read_bytes()).hexdigest()}, "which model of phases"
    assert {(row["model"], row["version"]) for row in rows} == {
        ("landward-stories-psytar", landward.__version__)
    }
    assert {row["tables_sha256"] for row in rows} == {StoryShelf().tables_sha256}
    card = (tmp_path / "codes.parquet.card.md").read_text()
    assert StoryShelf().tables_sha256 in card and made[0] in card


def test_bad_input_is_one_line_and_writes_nothing(capsys, tmp_path):
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"text": "fine"}\nnot json\n')
    assert run(["stories", "code", str(broken), "-o", str(tmp_path / "out.csv")]) == 2
    assert "line 2" in capsys.readouterr().err and not (tmp_path / "out.csv").exists()
    assert run(["stories", "read", str(tmp_path / "absent.txt")]) == 2
    assert run(["stories", "code", str(broken), "-o", str(tmp_path / "out.doc")]) == 2
