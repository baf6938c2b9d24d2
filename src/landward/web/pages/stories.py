"""Read something the person wrote: findings underlined, each to accept, change or drop.

The words travel from the browser to this machine's own program and back; nothing is stored by
reading. Only what is accepted becomes a note. Sent as a form, so that no address holds a story.
"""

import json
from collections import Counter
from typing import Any

from starlette.responses import Response

from landward.app.share.report import shared_entry
from landward.app.stories.own_words import (
    MOST_SHOWN,
    as_note,
    codes_alone,
    corrections,
    judge,
    note_texts,
    notes_to_read,
    pieces,
    symptom_choices,
)
from landward.app.stories.read_story import read_story
from landward.app.write.save import fresh_key
from landward.model.said import phrase
from landward.model.stories import PHASE_WORDS
from landward.web.http.request_context import LONG, RequestContext
from landward.web.http.routing import Page


def show_stories(context: RequestContext) -> Response:
    """The empty page: a place to paste or write."""
    return context.page("stories.html", reading=None, text="", unread=context.diary is not None)


def read_words(context: RequestContext) -> Response:
    """The story with what was found in it."""
    text = context.said("text", LONG)
    if context.said("notes") == "yes":
        text = notes_to_read(context.diary.index, LONG) if context.diary else ""
    if not text:
        return context.go("/stories", phrase("There were no words to read."))
    reading = read_story(text)
    findings = reading.findings[:MOST_SHOWN]
    return context.page(
        "stories.html",
        reading=reading,
        text=text,
        findings=findings,
        more=len(reading.findings) - len(findings),
        pieces=pieces(text, findings),
        symptoms=symptom_choices(),
        phases=PHASE_WORDS,
        idempotency_key=fresh_key(),
        today=context.today,
    )


def keep_words(context: RequestContext) -> Response:
    """Save what was accepted, as one note; the story itself only where that was chosen."""
    text = context.said("text", LONG)
    day = context.day(context.said("day"))
    judged = [
        judge(
            one,
            context.said(f"do{number}"),
            context.said(f"symptom{number}"),
            context.said(f"phase{number}"),
        )
        for number, one in enumerate(read_story(text).findings[:MOST_SHOWN])
    ]
    note = as_note(
        [one for one in judged if one is not None], keep_dropped=context.said("teach") == "yes"
    )
    if note is None:
        return context.go("/stories", phrase("Nothing was accepted, so nothing was written down."))
    context.save(day, [("story", note)])
    return context.go(f"/saved?day={day.isoformat()}")


def show_codes(context: RequestContext) -> Response:
    """Exactly what a file of codes would hold; nothing is written by looking."""
    return context.page("stories_codes.html", why="", **_codes(context))


def save_codes(context: RequestContext) -> Response:
    """The file, once its reader has agreed; the diary notes that it was made."""
    if context.said("agree") != "yes":
        why = phrase("Nothing was written: the tick is missing.")
        return context.page("stories_codes.html", why=why, **_codes(context))
    mine = corrections(note_texts(context.reading.index))
    rows = mine if context.said("words") == "yes" else codes_alone(mine)
    what = phrase("Words and codes of stories") if rows is mine else phrase("Codes of stories")
    context.writer.append(
        [shared_entry(context.reading.vault, what, "", context.moment)], context.moment
    )
    data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    headers = {"content-disposition": 'attachment; filename="story-codes.jsonl"'}
    return Response(data, media_type="application/octet-stream", headers=headers)


def _codes(context: RequestContext) -> dict[str, Any]:
    mine = corrections(note_texts(context.reading.index))
    labels, phases = dict(symptom_choices()), {str(k): v for k, v in PHASE_WORDS.items()}
    counted = Counter(tuple(row.values()) for row in codes_alone(mine))
    return {
        "codes": [
            (labels[symptom], phases[phase], whose, count)
            for (symptom, phase, whose), count in sorted(counted.items())
        ],
        "words": len(mine),
    }


PAGES = (
    Page("/stories", show_stories),
    Page("/stories", read_words, "POST", keep=False),
    Page("/stories/keep", keep_words, "POST"),
    Page("/stories/codes", show_codes, needs="diary"),
    Page("/stories/codes", save_codes, "POST", needs="diary", keep=False),
)
