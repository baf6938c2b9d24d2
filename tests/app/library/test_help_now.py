"""Whom to call: every country with a number has its name."""

from landward.app.library.help_now import countries


def test_every_country_with_a_number_has_a_name_and_they_stand_in_its_order() -> None:
    found = countries()
    assert [one.code for one in found if one.name == one.code] == []
    assert [one.name for one in found] == sorted(one.name for one in found)
    assert next(one.emergency for one in found if one.code == "GB") == "999"
