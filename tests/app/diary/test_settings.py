"""Settings declared once: what they read, what they refuse, what of another version they keep."""

import datetime as dt
import json
from pathlib import Path

import pytest
from tests.making import entry

from landward.app.diary.change_profile import changed
from landward.app.diary.locked_view import LockedView, load_outside, outside_of, save_outside
from landward.app.diary.profile import Pin, read_me
from landward.app.diary.settings import BY_NAME, DEFAULTS, GROUPS, Settings, shown_in
from landward.model.base import BadInput
from landward.model.bodies import Profile

TODAY = dt.date(2026, 3, 10)


def me(**fields: str):
    return read_me([entry(Profile(fields=fields))] if fields else [])


def test_every_setting_reads_its_own_default() -> None:
    for name, setting in BY_NAME.items():
        assert setting.read(setting.default) == setting.__get__(Settings(), Settings), name


def test_every_setting_is_on_the_page_or_is_landwards_own() -> None:
    on_page = {one.name for group in GROUPS for one in shown_in(group.key)}
    assert {name for name, one in BY_NAME.items() if one.group} == on_page
    assert {one.group for one in BY_NAME.values()} - {""} == {group.key for group in GROUPS}
    assert set(BY_NAME) - on_page == {"names", "setup", "supervision_asked"}


def test_what_may_be_seen_hangs_on_a_setting_that_exists() -> None:
    leaves = {one.locked for one in BY_NAME.values()} - {"always", "never"}
    assert leaves == {"locked_page", "plan_outside", "card_outside"} and leaves <= set(BY_NAME)


@pytest.mark.parametrize(
    ("name", "typed", "stored", "read"),
    [
        ("theme", "Paper", "paper", "paper"),
        ("text", "150", "150", 150),
        ("country", "nz", "NZ", "NZ"),
        ("country", "Ireland", "IE", "IE"),
        ("card_outside", "yes", "yes", True),
        ("born", "1980-05-01", "1980-05-01", dt.date(1980, 5, 1)),
        ("day_starts_at", "6:30", "06:30", dt.time(6, 30)),
        ("zone", "Europe/Berlin", "Europe/Berlin", "Europe/Berlin"),
        ("name", "  Ada Ring ", "Ada Ring", "Ada Ring"),
        ("asked", "hardest_part", "hardest_part", ("hardest_part",)),
        ("weekly", "love joy", "joy love", ("joy", "love")),
        ("pins", "Insomnia, Burning skin", "insomnia burning_skin", ("insomnia", "burning_skin")),
    ],
)
def test_typed_stored_and_read(name: str, typed: str, stored: str, read: object) -> None:
    body = changed(me(), {name: typed})
    assert body is not None and body.fields[name] == stored
    assert BY_NAME[name].__get__(me(**body.fields).settings, Settings) == read


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("theme", "sepia", "“sepia” is not one of the choices for theme: dim, paper, contrast"),
        ("card_outside", "perhaps", "card_outside is yes or no, not “perhaps”"),
        ("born", "last spring", "“last spring” is not a date; write it like 1980-05-01"),
        ("day_starts_at", "25:00", "“25:00” is not a time of day; write it like 04:00"),
        ("zone", "Atlantis", "“Atlantis” is no time zone known here"),
        ("zone", "../etc/passwd", "is no time zone known here"),
        ("app_name", "x" * 25, "app_name: at most 24 letters fit; this has 25"),
        ("asked", "anxiety", "“anxiety” is not one of the choices for asked"),
        ("pins", "a, b, c, d, e, f, g", "at most 6 symptoms can be pinned"),
        ("shoe_size", "38", "there is no setting “shoe_size”"),
    ],
)
def test_bad_input_is_one_line_and_changes_nothing(name: str, typed: str, says: str) -> None:
    with pytest.raises(BadInput, match=says.replace("(", r"\(").replace("?", r"\?")):
        changed(me(), {name: typed})


def test_a_profile_of_a_newer_version_is_kept_and_read_as_far_as_it_is_known() -> None:
    person = me(theme="sepia", text="125", glow="soft", weekday="someday")
    assert person.settings.theme == "dim" and person.settings.weekday == 6
    assert person.settings.text_percent == 125
    assert person.settings.unknown == ("glow",)
    assert changed(person, {"theme": "sepia"}) is None  # what stands needs no check
    body = changed(person, {"lag": "on", "theme": "sepia"})
    assert body is not None and body.fields == {"lag": "on"}
    after = read_me([entry(Profile(fields={"theme": "sepia", "glow": "soft"})),
                     entry(body, key="2", minute=1, seq=2)])  # fmt: skip
    assert after.fields["glow"] == "soft" and after.fields["theme"] == "sepia"


def test_a_profile_entry_of_a_newer_shape_hides_no_older_one() -> None:
    newer = entry(Profile(fields={"theme": "paper"}), key="2", minute=1, seq=2)
    newer = newer.but(version=9, body='{"choices": [["theme", "sepia"]]}')
    assert read_me([entry(Profile(fields={"theme": "paper"})), newer]).settings.theme == "paper"


def test_what_is_seen_while_locked_follows_the_persons_own_leave() -> None:
    said = {"country": "IE", "card": "seizures", "plan.people": "Áine", "name": "Ada",
            "born": "1980-05-01", "better_note": "quiet", "theme": "paper"}  # fmt: skip
    plain = outside_of(me(**said), TODAY)
    assert plain.seen == {"country": "IE", "theme": "paper"}
    more = outside_of(me(**said, card_outside="yes", plan_outside="yes"), TODAY)
    assert more.settings.card == "seizures" and more.plan[0][1] == "Áine"
    assert not {"name", "born", "better_note"} & set(more.seen)


# ---- the file beside the locked diary -------------------------------------------------------

FIRST_VERSION = {
    "theme": "paper", "text": "150", "country": "GB", "app_name": "Notes", "day_starts_at": "05:00",
    "pins": [{"item": "insomnia", "label": "Insomnia"}], "asked": ["hardest_part"], "doses": [],
    "card": "seizures", "plan": [["Who I call, with numbers", "Áine"]], "shows_doses": True,
    "doses_a_day": [2], "written": {"day": None, "doses": []},
}  # fmt: skip


def written(folder: Path, found: object) -> LockedView:
    (folder / "outside.json").write_text(json.dumps(found), encoding="utf-8")
    return load_outside(folder)


def test_the_file_of_the_first_version_is_read_whole(tmp_path: Path) -> None:
    view = written(tmp_path, FIRST_VERSION)
    chosen = view.settings
    assert (chosen.theme, chosen.text_percent, chosen.country) == ("paper", 150, "GB")
    assert (chosen.app_name, chosen.day_starts_at) == ("Notes", dt.time(5))
    assert chosen.asked == ("hardest_part",) and chosen.card == "seizures"
    assert view.plan == (("Who I call, with numbers", "Áine"),)
    assert view.pins == (Pin(item="insomnia", label="Insomnia"),) and view.shows_doses


def test_a_file_of_a_newer_version_is_read_as_far_as_known_and_not_lost(tmp_path: Path) -> None:
    newer = {
        "seen": {"theme": "sepia", "country": "GB", "glow": "soft"},
        "pins": {"insomnia": {"colour": "blue"}}, "tide": [1, 2],
    }  # fmt: skip
    view = written(tmp_path, newer)
    assert (view.settings.theme, view.settings.country, view.pins) == ("dim", "GB", ())
    save_outside(tmp_path, outside_of(me(country="IE"), TODAY, view))
    kept = json.loads((tmp_path / "outside.json").read_text(encoding="utf-8"))
    assert kept["tide"] == [1, 2] and kept["seen"] == {"country": "IE", "glow": "soft"}
    assert load_outside(tmp_path).settings.country == "IE"


@pytest.mark.parametrize("found", [[], "x", {"seen": 3}, {"plan": 7}, {"plan": [[1], {}]}, {}])
def test_a_file_of_no_shape_is_the_plain_default(tmp_path: Path, found: object) -> None:
    assert written(tmp_path, found).settings.seen_while_locked == {}


def test_defaults_are_what_a_new_diary_has() -> None:
    assert DEFAULTS["theme"] == "dim" and me().settings.lock_after_min == 10
