"""The pocket on a phone: six taps, sealed at once, sent once, whatever dies in between."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect, sync_playwright
from tests.browser.phone import AXE, RUN_AXE, Phone
from tests.web.home import NAMED, Server, entries, new_vault

from landward.app.outside import save_outside
from landward.model.bodies import CheckIn, DoseTaken, Note, Retraction, Sleep, read_body
from landward.model.journal import standing


@pytest.fixture(scope="module")
def playing() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(new_vault(tmp_path)).start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def handset(playing: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Phone]:
    made = Phone(playing, tmp_path_factory.mktemp("phone"))
    yield made
    made.kill()


@pytest.fixture
def phone(handset: Phone, server: Server) -> Phone:
    """A paired phone, standing on Today. Each server is another origin: nothing is left over."""
    handset.requests.clear()
    handset.page.goto(f"{server.url}pair#{server.pairing.new_code()}")
    handset.page.get_by_role("button", name="Pair this phone").click()
    ready(handset.page)
    handset.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return handset


def ready(page: Page) -> None:
    page.wait_for_selector("html[data-ready]")


def back(phone: Phone, server: Server) -> Page:
    """Open the page again, as from the home screen."""
    page = phone.open()
    page.goto(server.url)
    ready(page)
    return page


def tap(page: Page, name: str, value: str) -> None:
    page.locator(f"label:has(input[name='{name}'][value='{value}'])").click()


def save(page: Page, button: str = "As planned") -> None:
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_text("Saved. You can close this.")).to_be_visible()


def waiting(page: Page) -> int:
    expect(page.locator("#badge")).to_be_visible()
    return int(page.locator("#badge").text_content() or 0)


def sent(page: Page) -> None:
    expect(page.locator("#badge")).to_be_hidden()


# ---- what is written ---------------------------------------------------------------------------


def test_six_taps_from_nothing_to_saved(phone: Phone, server: Server) -> None:
    page = phone.page
    tap(page, "day", "7")
    tap(page, "pin-1", "3")
    tap(page, "pin-2", "0")
    tap(page, "pleasant", "1")
    tap(page, "painful", "no_occasion")
    save(page)
    sent(page)
    found = {entry.kind: entry for entry in entries(server.vault)}
    day = found["check_in"]
    wanted = CheckIn(
        asked=("day", "insomnia", "inner_trembling", "pleasant", "painful"),
        answers={"day": 7, "insomnia": 3, "inner_trembling": 0, "pleasant": 1},
        scales={
            "day": "0..10 better down",
            "insomnia": "0..4 better down",
            "inner_trembling": "0..4 better down",
            "pleasant": "0..4 better up",
        },
        no_occasion=("painful",),
    )
    assert day.body == wanted.to_json()  # byte for byte what this program would have written
    assert (
        found["dose_taken"].body
        == DoseTaken(
            drug="clonazepam", dose_mg="1.5", status="as_planned", day_total=True
        ).to_json()
    )
    assert day.origin == "app" and day.device.startswith("pocket-") and day.version == 1
    assert abs(day.recorded_at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)
    assert found["dose_taken"].seq == day.seq + 1
    assert phone.hosts() == {server.home.origins[0]}


def test_words_of_every_kind_come_through_as_they_are(phone: Phone, server: Server) -> None:
    words = 'Wiatr 🌊 "x" \\ <b> =1+1 עברית\u2028\nnext\tline \x7f'
    page = phone.page
    page.get_by_text("More, if you like").click()
    page.get_by_label("A few words").fill(words)
    page.get_by_label("Hours of sleep").fill("6,5")
    page.get_by_label("Which day").select_option(index=2)
    save(page, "Save without dose")
    sent(page)
    note, sleep = sorted(entries(server.vault), key=lambda entry: entry.kind)
    assert read_body(note) == Note(text=words)
    assert sleep.body == Sleep(hours=6.5).to_json()
    assert note.origin == "filled in later"
    assert (dt.date.today() - note.date).days in (2, 3)  # three, before four in the morning


KILLS_MS = (0, 10, 40, 1500)
"""How long after the last tap the battery dies: before, while and after it is kept and sent."""
NOT_TAKEN = DoseTaken(drug="clonazepam", status="not_taken", day_total=True)
HALF = DoseTaken(drug="clonazepam", dose_mg="0.75", status="different", day_total=True)


@pytest.mark.parametrize(
    ("button", "amount", "wanted"),
    [("Not taken", "", NOT_TAKEN), ("Save", "0,75", HALF), ("Save", "0", NOT_TAKEN)],
)
def test_a_dose_that_was_not_as_planned(
    phone: Phone, server: Server, button: str, amount: str, wanted: DoseTaken
) -> None:
    page = phone.page
    if button == "Save":
        page.get_by_role("button", name="Different").click()
        for junk in ("", "a lot", "-1", "1e9", "1.5.5"):
            page.get_by_label("how much in the whole day").fill(junk)
            page.get_by_role("button", name="Save", exact=True).click()
            expect(page.get_by_role("alert")).to_contain_text("milligrams")
        page.get_by_label("how much in the whole day").fill(amount)
    save(page, button)
    sent(page)
    (dose,) = entries(server.vault)
    assert dose.body == wanted.to_json()


def test_a_second_dose_for_the_day_asks_first(phone: Phone, server: Server) -> None:
    page = phone.page
    save(page)
    page.get_by_role("button", name="Write more").click()
    page.get_by_role("button", name="As planned").click()
    expect(page.locator("#dose-written")).to_contain_text("Press again only if this is another one")
    assert len(entries(server.vault)) == 1
    save(page)
    sent(page)
    assert len(entries(server.vault)) == 2


def test_a_dose_not_taken_asks_nothing_and_is_not_called_a_dose(
    phone: Phone, server: Server
) -> None:
    page = phone.page
    save(page, "Not taken")
    expect(page.locator("#saved-what")).to_have_text("For today.")
    page.get_by_role("button", name="Write more").click()
    save(page)
    sent(page)
    assert len(entries(server.vault)) == 2


def test_too_unwell_is_one_tap(phone: Phone, server: Server) -> None:
    save(phone.page, "Too unwell to log")
    sent(phone.page)
    (entry,) = entries(server.vault)
    assert entry.body == CheckIn(mode="unwell").to_json()


def test_nothing_said_is_nothing_saved(phone: Phone, server: Server) -> None:
    phone.page.get_by_role("button", name="Save without dose").click()
    expect(phone.page.get_by_role("alert")).to_contain_text("one answer is enough")
    assert entries(server.vault) == ()


# ---- sealed, waiting, sent once ------------------------------------------------------------


def test_offline_killed_opened_killed_reconnected_and_sent_exactly_once(
    phone: Phone, server: Server
) -> None:
    phone.shut()
    page = back(phone, server)
    server.stop()
    tap(page, "day", "9")
    save(page)
    phone.kill()  # the moment it says saved
    page = back(phone, server)  # from the phone alone: nothing answers
    assert waiting(page) == 2
    expect(page.locator("#written")).to_contain_text("with your dose")
    tap(page, "day", "8")
    save(page, "Save without dose")
    phone.kill()
    server.start()
    page = back(phone, server)
    sent(page)
    phone.kill()
    sent(back(phone, server))
    found = entries(server.vault)
    assert sorted(json.loads(e.body)["answers"]["day"] for e in found if e.kind == "check_in") == [
        8,
        9,
    ]
    assert len(found) == 3


def test_killed_at_any_moment_what_was_said_to_be_saved_is_there_once(
    phone: Phone, server: Server
) -> None:
    phone.shut()
    phone.open()
    promised: list[int] = []
    for turn, delay_ms in enumerate(KILLS_MS):
        page = phone.page
        page.goto(server.url)
        ready(page)
        form = page.get_by_role("button", name="Write more")
        if form.is_visible():
            form.click()
        page.evaluate("document.querySelector('details').open = true")
        page.get_by_label("Hours of sleep").fill(str(turn))
        tap(page, "day", str(turn))
        page.get_by_role("button", name="Save without dose").click(no_wait_after=True)
        page.wait_for_timeout(delay_ms)
        if page.get_by_text("Saved. You can close this.").is_visible():
            promised.append(turn)
        phone.kill()
        phone.open()
    phone.page.goto(server.url)
    ready(phone.page)
    sent(phone.page)
    found = entries(server.vault)
    days = [json.loads(e.body)["answers"]["day"] for e in found if e.kind == "check_in"]
    assert set(promised) <= set(days) and len(days) == len(set(days))
    nights = [json.loads(e.body)["hours"] for e in found if e.kind == "sleep"]
    assert sorted(nights) == sorted(days)  # a page is saved whole or not at all
    assert promised  # the longest delay is long enough to be told


def test_an_answer_lost_on_the_way_back_doubles_nothing(phone: Phone, server: Server) -> None:
    server.stop()
    server.loses_answers = True
    server.start()
    page = phone.page
    tap(page, "day", "5")
    save(page)
    page.get_by_role("link", name="Phone").click()
    expect(page.locator("#sending")).to_contain_text("stay here")
    assert waiting(page) == 2 and len(entries(server.vault)) == 2  # there, but nobody said so
    server.stop()
    server.loses_answers = False
    server.start()
    page.get_by_role("button", name="Send to my computer").click()
    sent(page)
    assert len(entries(server.vault)) == 2


def test_what_waits_cannot_be_read_on_the_phone(phone: Phone, server: Server) -> None:
    server.stop()
    page = phone.page
    page.get_by_text("More, if you like").click()
    page.get_by_label("A few words").fill("dreadful-secret-words")
    tap(page, "day", "9")
    save(page)
    stored = page.evaluate(
        """async () => {
          const open = indexedDB.open("landward-pocket");
          await new Promise((done) => { open.onsuccess = done; });
          const found = {};
          for (const name of open.result.objectStoreNames) {
            const all = open.result.transaction(name).objectStore(name).getAll();
            await new Promise((done) => { all.onsuccess = done; });
            found[name] = all.result.map((one) => one?.blob
              ? { ...one, blob: String.fromCharCode(...one.blob) } : one);
          }
          return found;
        }"""
    )
    assert "dreadful" not in json.dumps(stored)
    sizes = {len(one["blob"]) for one in stored["waiting"]}
    assert all((size - 16 - 32 - 16) % 256 == 0 for size in sizes)  # lengths tell little
    assert all(
        b"dreadful" not in f.read_bytes() for f in phone.folder.rglob("*.log") if f.is_file()
    )


def test_a_half_finished_form_survives_a_closed_browser(phone: Phone, server: Server) -> None:
    page = phone.page
    tap(page, "day", "4")
    page.get_by_text("More, if you like").click()
    page.get_by_label("A few words").fill("half a sent")
    page.evaluate(
        """async () => {
          const { kept } = await import("./store.js");
          while ((await kept("draft"))?.fields?.note !== "half a sent") {
            await new Promise((again) => setTimeout(again, 20));
          }
        }"""
    )
    phone.kill()
    page = back(phone, server)
    assert page.get_by_label("A few words").input_value() == "half a sent"
    assert page.locator("input[name='day'][value='4']").is_checked()
    save(page, "Save without dose")
    page.get_by_role("button", name="Write more").click()
    assert page.get_by_label("A few words").input_value() == ""


def test_undo_before_and_after_it_left_the_phone(phone: Phone, server: Server) -> None:
    page = phone.page
    server.stop()
    page.context.set_offline(True)
    tap(page, "day", "6")
    save(page)
    page.get_by_role("button", name="Undo").click()
    sent(page)
    page.context.set_offline(False)
    server.start()
    tap(page, "day", "6")
    save(page)
    sent(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#check-in")).to_be_visible()
    sent(page)
    found = entries(server.vault)
    assert sorted(entry.kind for entry in found) == ["check_in", "dose_taken", "retraction"]
    assert [e.kind for e in standing(found).entries] == ["retraction"] or not standing(
        found
    ).entries
    (retraction,) = (entry for entry in found if entry.kind == "retraction")
    assert read_body(retraction) == Retraction() and len(retraction.replaces) == 2


def test_a_phone_that_is_no_longer_paired_keeps_everything(phone: Phone, server: Server) -> None:
    server.pairing.forget_all()
    page = phone.page
    tap(page, "day", "3")
    save(page)
    page.get_by_role("link", name="Phone").click()
    expect(page.locator("#sending")).to_contain_text("not paired any more")
    assert waiting(page) == 2
    page.get_by_role("link", name="Pair this phone again").click()
    page.get_by_label("The code").fill(server.pairing.new_code())
    page.get_by_role("button", name="Pair this phone").click()
    ready(page)
    sent(page)
    assert len(entries(server.vault)) == 2


def test_a_phone_sent_away_still_opens_with_what_it_has(phone: Phone, server: Server) -> None:
    server.pairing.forget_all()
    save_outside(server.vault, NAMED.model_copy(update={"app_name": "Notes"}))
    page = phone.page  # a newer version is offered, but not to this phone
    for _ in range(3):
        page.reload()
        ready(page)
        page.evaluate(
            "navigator.serviceWorker.getRegistration().then((r) => r.update()).catch(() => 0)"
        )
    assert page.title() == "Landward"
    page.goto(f"{server.url}pair")
    page.get_by_label("The code").fill(server.pairing.new_code())
    page.get_by_role("button", name="Pair this phone").click()
    expect(page).to_have_title(re.compile("Landward|Notes"))
    for _ in range(20):
        page.evaluate("navigator.serviceWorker.getRegistration().then((r) => r.update())")
        page.reload()
        ready(page)
        if page.title() == "Notes":
            break
    assert page.title() == "Notes"


def test_what_was_begun_yesterday_is_still_about_yesterday(phone: Phone, server: Server) -> None:
    page = phone.page
    page.evaluate(
        """async () => {
          const { daysBefore, today } = await import("./entries.js");
          const { keep } = await import("./store.js");
          const day = daysBefore(today(new Date(), "04:00"), 1);
          await keep("draft", { day, fields: { day: "6", about: day, note: "so far" } });
        }"""
    )
    page.reload()
    ready(page)
    assert page.get_by_label("A few words").input_value() == "so far"
    expect(page.get_by_label("Which day")).to_be_visible()
    save(page, "Save without dose")
    sent(page)
    (entry,) = entries(server.vault)
    assert entry.origin == "filled in later" and '"day":6' in entry.body


@pytest.mark.parametrize("name", ["pair", "install"])
def test_axe_finds_nothing_on_the_way_in(handset: Phone, server: Server, name: str) -> None:
    page = handset.page
    page.goto(f"{server.url}{name}")
    page.evaluate(AXE)
    found = page.evaluate(RUN_AXE)["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
