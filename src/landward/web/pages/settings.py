"""Settings: what is asked, what is shown, how it looks, and keeping it safe."""

import tempfile
from pathlib import Path

from starlette.responses import Response

from landward.app.diary.change_profile import changed
from landward.app.diary.settings import BY_NAME, GROUPS, locked_words, shown_in
from landward.app.keep.copies import backup_name, make_backup
from landward.app.keep.keys import new_recovery_words, set_passphrase, words
from landward.app.keep.passphrase import how_hard, new_passphrase, offers
from landward.app.keep.vault import erase_vault
from landward.app.library.known_words import symptom_names
from landward.app.phone.zipped import offered, pocket_zip
from landward.app.transfer.export import export_zip
from landward.model.base import BadInput
from landward.model.said import phrase
from landward.web.http.request_context import LONG, RequestContext, clean
from landward.web.http.routing import Page

ERASE_WORD = "erase"


def show_settings(context: RequestContext) -> Response:
    """All settings on one page, folded: one part a group of the registry."""
    return context.page(
        "settings.html",
        parts=[(group, shown_in(group.key)) for group in GROUPS],
        settings=context.reading.me.settings,
        symptoms=symptom_names(),
        locked_words=locked_words(),
        erase_word=ERASE_WORD,
        where=str(context.diary_session.path),
        open_part=context.asked("part"),
        offers=offers(),
        shown=context.asked("show") == "1",
    )


def save_settings(context: RequestContext) -> Response:
    """Save one part of the page: the settings it names, as its boxes say."""
    me = context.reading.me
    said: dict[str, str] = {}
    for name in context.said_all("fields"):
        if name not in BY_NAME:
            raise BadInput(phrase("there is no setting “{name}”", name=name[:40]))
        values = context.form.get(name)
        text = BY_NAME[name].from_form(values and [clean(v, LONG, name) for v in values])
        if text is not None:
            said[name] = text
    body = changed(me, said)
    if body is not None:
        context.save(context.today, [("profile", body)], kind=None)
    context.browser_session.theme = context.browser_session.text = ""
    return context.go("/settings", phrase("Saved."))


def change_passphrase(context: RequestContext) -> Response:
    """The old passphrase, then a new one."""
    if not context.browser_session.room == "mine":
        raise BadInput(phrase("a demonstration diary has no passphrase of yours"))
    old = context.form.get("old", [""])[-1]
    new = typed_twice(context, "new")
    diary = context.diary_session.unlock(old, context.moment)
    set_passphrase(diary.vault, new, now=context.moment.at)
    return context.go(
        "/settings",
        phrase("The passphrase is changed. Older backups still open with the old one.")
        + " "
        + how_hard(new),
    )


def typed_twice(context: RequestContext, name: str) -> str:
    """The new passphrase of a form, exactly as typed in both fields. Raises BadInput."""
    first, again = (context.form.get(field, [""])[-1] for field in (name, "again"))
    return new_passphrase(first, again, sure=context.said("sure") == "yes")


def show_new_words(context: RequestContext) -> Response:
    """New recovery words, on the screen first: they count once the person has them on paper."""
    context.diary_session.unlock(context.form.get("old", [""])[-1], context.moment)
    secret = context.reading.new_words = words.new_secret()
    return context.page("words.html", words=words.to_words(secret), why="again", hard="")


def keep_new_words(context: RequestContext) -> Response:
    """The words just shown take the place of the earlier ones."""
    secret, context.reading.new_words = context.reading.new_words, None
    if secret is None:
        raise BadInput(phrase("those words are not on the screen any more: make new ones"))
    new_recovery_words(context.reading.vault, now=context.moment.at, secret=secret)
    return context.go(
        "/settings", phrase("From now on these words open the diary, not the earlier ones.")
    )


def send_backup(context: RequestContext) -> Response:
    """An encrypted copy of everything, opened by the same passphrase."""
    with tempfile.TemporaryDirectory(prefix="landward-") as folder:
        path = make_backup(
            context.reading.vault,
            Path(folder) / backup_name(context.moment.at),
            now=context.moment.at,
        )
        return _file(path.read_bytes(), "application/octet-stream", path.name)


def send_export(context: RequestContext) -> Response:
    """Everything, readable: entries.jsonl and one CSV per kind, in one zip. Not encrypted."""
    packed = export_zip(context.reading.vault.entries())
    return _file(packed, "application/zip", "diary-export.zip")


def erase_all(context: RequestContext) -> Response:
    """Erase the whole diary, for good, on this machine."""
    if context.said("word").casefold() != ERASE_WORD:
        raise BadInput(
            phrase(
                "type “{erase_word}” to erase everything; nothing was erased", erase_word=ERASE_WORD
            )
        )
    vault = context.reading.vault
    context.browser_session.reading = False
    erase_vault(vault)
    context.diary_session.forget()
    return context.go(
        "/doors" if context.diary_session.passphrase else "/start", phrase("Everything was erased.")
    )


def show_phone(context: RequestContext) -> Response:
    """How a phone can be used. A run for the home network shows its pairing code instead."""
    where = str(context.room.path) if context.room else "my.vault"
    return context.page(
        "phone.html", pins=context.outside.pins, offered=offered(context.outside), where=where
    )


def send_phone_page(context: RequestContext) -> Response:
    """The phone's page as a zip, with nothing on it that was not asked for."""
    asked = context.said_all("on_it")
    packed = pocket_zip(context.reading.vault, context.outside, context.today, asked=asked)
    return _file(packed, "application/zip", "landward-phone.zip")


def _file(body: bytes, kind: str, name: str) -> Response:
    headers = {"content-disposition": phrase('attachment; filename="{name}"', name=name)}
    return Response(body, media_type=kind, headers=headers)


PAGES = (
    Page("/settings", show_settings, needs="diary"),
    Page("/settings", save_settings, "POST", needs="diary"),
    Page("/settings/passphrase", change_passphrase, "POST", needs="diary", keep=False),
    Page("/settings/words", show_new_words, "POST", needs="diary", keep=False),
    Page("/settings/words/keep", keep_new_words, "POST", needs="diary"),
    Page("/settings/backup", send_backup, "POST", needs="diary", keep=False),
    Page("/settings/export", send_export, "POST", needs="diary", keep=False),
    Page("/phone", show_phone, needs="session"),
    Page("/phone/page", send_phone_page, "POST", needs="diary", keep=False),
    Page("/settings/erase", erase_all, "POST", needs="diary", keep=False),
)
