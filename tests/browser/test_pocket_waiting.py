"""Sealed at once, waiting, sent exactly once: whatever dies in between."""

import json

from playwright.sync_api import expect
from tests.browser.phone import Phone, back, ready, save, sent, tap, waiting
from tests.web.home import NAMED, Server, entries

from landward.app.diary.locked_view import save_outside
from landward.model.bodies import Retraction, read_body
from landward.model.journal import standing

KILLS_MS = (0, 10, 40, 1500)
"""How long after the last tap the battery dies: before, while and after it is kept and sent."""

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
    for _ in range(100):  # a page just opened hides its number until it has counted
        if len(entries(server.vault)) == 2:
            break
        page.wait_for_timeout(100)
    sent(page)
    assert len(entries(server.vault)) == 2


def test_a_phone_sent_away_still_opens_with_what_it_has(phone: Phone, server: Server) -> None:
    server.pairing.forget_all()
    save_outside(server.vault, NAMED.saying(app_name="Notes"))
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
    ready(page)
    page.evaluate("navigator.serviceWorker.getRegistration().then((r) => r.update())")
    page.evaluate(
        """async () => {
          const found = await navigator.serviceWorker.getRegistration();
          while (!found.waiting) await new Promise((again) => setTimeout(again, 50));
        }"""
    )
    phone.shut()  # the newer version takes over once the page was closed
    page = back(phone, server)
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
