"""What items are called: the person's own words before the tables'."""

import json
from collections.abc import Mapping
from functools import cache

from landward.catalog import load_catalog
from landward.model.bodies import CheckIn, Profile
from landward.model.diary import Diary
from landward.model.journal import unproved
from landward.model.questions import BY_ID
from landward.model.said import phrase


def words_for(diary: Diary) -> dict[str, str]:
    """What symptoms and questionnaires are called: the person's own words before the tables'. A
    line that anybody could have sealed names only what has no other name.
    """
    words = table_words()
    strangers: dict[str, str] = {}
    for entry, said in diary.of(CheckIn):
        if said.words and unproved(entry):
            strangers |= said.words
        elif said.words:
            words |= said.words
    for _, body in diary.of(Profile):
        if "names" in body.fields:
            words |= _own_words(body.fields["names"])
    return strangers | words


def table_words() -> dict[str, str]:
    """What the tables call symptoms and questionnaires."""
    return dict(_table_words())


@cache
def _table_words() -> Mapping[str, str]:
    """The same, made once. Each label is a message, which `translations/` collects."""
    catalog = load_catalog()
    words: dict[str, str] = {one.id: phrase(one.label) for one in catalog.symptoms.values()}
    words["day"] = BY_ID["day"].inside
    return words | {key: phrase(one.title) for key, one in catalog.instruments.items()}


def _own_words(text: str) -> dict[str, str]:
    """The profile's names as written: a JSON object of texts; anything else names nothing."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}
