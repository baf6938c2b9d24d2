"""The settings page is made from the registry, and saves what it shows."""

import re
from pathlib import Path

import pytest
from tests.web.app_here import TODAY, AppHere

from landward.app.diary.settings import BY_NAME, GROUPS


@pytest.fixture
def here(tmp_path: Path):
    with AppHere(tmp_path) as app:
        yield app


def test_every_group_and_every_setting_stands_on_the_page(here: AppHere) -> None:
    here.unlock()
    page = here.browser.get("/settings").text
    for group in GROUPS:
        assert f"<summary>{group.title}</summary>" in page
    shown = set(re.findall(r'name="fields" value="([^"]+)"', page))
    assert shown == {name for name, one in BY_NAME.items() if one.group}
    for name in shown:
        assert re.search(rf'<(input|textarea|select)[^>]* name="{re.escape(name)}"', page), name


def test_name_birth_and_zone_can_be_set_and_reach_the_report(here: AppHere) -> None:
    here.unlock()
    here.save(day_is="4")
    about = {"name": "Ada Ring", "born": "1980-05-01", "zone": "Pacific/Auckland"}
    said = here.browser.post("/settings", data={"fields": list(about), **about}).text
    assert "Saved." in said
    assert here.room.outside.settings.zone == "Pacific/Auckland"
    assert "Ada Ring" not in (here.path / "outside.json").read_text(encoding="utf-8")
    report = here.browser.get("/report").text
    assert "Ada Ring" in report and "1 May 1980" in report


def test_the_zone_says_which_day_it_is_locked_or_not(here: AppHere) -> None:
    here.unlock()  # 20:30 UTC on 10 March is the next morning in Auckland
    here.browser.post("/settings", data={"fields": "zone", "zone": "Pacific/Auckland"})
    here.save(day="2026-03-11", day_is="4")
    here.lock()
    here.save(day="2026-03-11", day_is="5")
    here.unlock()
    days = {(one.date.isoformat(), one.zone) for one in here.about("check_in")}
    assert days == {("2026-03-11", "Pacific/Auckland")} and TODAY.isoformat() == "2026-03-10"


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("zone", "Atlantis", "no time zone known here"),
        ("born", "1980", "is not a date"),
        ("shoe_size", "38", "there is no setting"),
    ],
)
def test_bad_input_says_so_and_keeps_what_stood(
    here: AppHere, name: str, typed: str, says: str
) -> None:
    here.unlock()
    before = here.about("profile")
    assert says in here.browser.post("/settings", data={"fields": name, name: typed}).text
    assert here.about("profile") == before


def test_a_choice_of_a_newer_version_stays_until_another_is_made(here: AppHere) -> None:
    here.unlock()
    here.browser.post("/settings", data={"fields": "weekday", "weekday": "2"})
    diary = here.room.diary
    assert diary is not None
    from landward.app.write.entry import new_entry
    from landward.model.bodies import Profile

    body = Profile(fields={"theme": "sepia", "weekday": "someday", "glow": "soft"})
    diary.append([new_entry(diary.vault, body, TODAY, here.now)])
    page = here.browser.get("/settings").text
    assert "Set to “sepia” by another version" in page
    assert '<option value="someday" selected>' in page
    here.browser.post(
        "/settings", data={"fields": ["theme", "text", "weekday"], "text": "125",
                           "weekday": "someday"},
    )  # fmt: skip
    fields = diary.me.fields
    assert (fields["theme"], fields["weekday"], fields["glow"]) == ("sepia", "someday", "soft")
    assert diary.me.settings.text_percent == 125
