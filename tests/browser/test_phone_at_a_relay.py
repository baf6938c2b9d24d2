"""The phone's page at a relay, in a real Chromium: writes, shows, comes back, loses nothing."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect
from tests.app.phone.home_here import Computer
from tests.browser.phone import AXE, RUN_AXE, Phone, ready, save, tap
from tests.browser.relay_here import RelayHere, relay_here

from landward.vault.phone_shelf import to_code

PASSCODE = "shore 42"
CONTRAST = "() => axe.run(document, {runOnly: ['color-contrast'], resultTypes: ['violations']})"


@pytest.fixture(scope="module")
def handset(playing: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Phone]:
    made = Phone(playing, tmp_path_factory.mktemp("phone"), trusting=False)
    yield made
    made.kill()


@pytest.fixture
def relay() -> Iterator[RelayHere]:
    with relay_here() as made:
        yield made


@pytest.fixture
def computer(tmp_path: Path) -> Iterator[Computer]:
    made = Computer(tmp_path)
    with made.vault:
        yield made


def join(phone: Phone, computer: Computer, relay: RelayHere) -> Page:
    """Scan the picture, choose a passcode, compare the words, say yes on the computer."""
    page = phone.page
    page.set_viewport_size({"width": 390, "height": 844})
    made = computer.pair(relay.store, relay.store.open(), relay.url)
    page.goto(made.url)
    fill_in(page)
    shown = page.locator("#four-words").text_content()
    words = computer.say_yes(relay.store, made.shelf)
    assert (shown or "").split() == [*words]
    computer.sync(relay.store)
    page.get_by_role("button", name="I said yes there").click()
    expect(page.locator("#compare")).to_be_hidden()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return page


def fill_in(page: Page) -> None:
    expect(page.get_by_role("heading", name="Pair this phone")).to_be_visible()
    page.locator("#new-1").fill(PASSCODE)
    page.locator("#new-2").fill(PASSCODE)
    page.get_by_role("button", name="Pair this phone").click()
    expect(page.locator("#compare")).to_be_visible()
    ready(page)


def look(page: Page, passcode: str = PASSCODE) -> None:
    page.get_by_role("link", name="My diary").click()
    page.locator("#passcode").fill(passcode)
    page.get_by_role("button", name="Open", exact=True).click()


def tried(page: Page, *, wait_ms: int) -> None:
    """As if three wrong passcodes had been typed, and the next try had to wait so long."""
    page.evaluate(
        """async (wait) => { const { keep } = await import("./store.js");
        await keep("wrong passcodes", { count: 3, until: Date.now() + wait }); }""",
        wait_ms,
    )


def at_relay(page: Page, count: int) -> None:
    page.get_by_role("link", name="Phone").click()
    words = f"{count} entr" if count else "Nothing waits"
    expect(page.locator("#at-relay" if count else "#count")).to_contain_text(words)
    page.get_by_role("link", name="Today").click()


def test_written_offline_sent_once_taken_once(
    handset: Phone, computer: Computer, relay: RelayHere
) -> None:
    page = join(handset, computer, relay)
    handset.requests.clear()
    handset.context.set_offline(True)
    tap(page, "day", "7")
    save(page, "Save")
    expect(page.locator("#badge")).to_have_text("1")
    page.reload()  # opened again with no network at all
    ready(page)
    save(page, "Too unwell to log")
    expect(page.locator("#badge")).to_have_text("2")
    relay.puts.clear()
    handset.context.set_offline(False)
    expect(page.locator("#badge")).to_be_hidden()
    at_relay(page, 2)
    assert len(relay.puts) == len(set(relay.puts)) == 2
    assert computer.sync(relay.store) == []
    page.get_by_role("link", name="Phone").click()
    page.get_by_role("button", name="Visit the relay now").click()
    expect(page.locator("#at-relay")).to_be_hidden()
    kinds = [(kind, origin) for kind, origin, _ in computer.phone_lines()]
    assert kinds == [("check_in", "app"), ("check_in", "app")], "signed, so unmarked"
    assert json.loads(computer.phone_lines()[0][2])["answers"] == {"day": 7}
    assert len(relay.puts) == 2
    assert handset.hosts() == {relay.url.removeprefix("http://")}
    for word in (b"iazepam", b"lonazepam", b"landward", b"pocket", b"2026"):
        assert word not in relay.store.everything()


def test_what_python_made_opens_with_the_passcode_and_no_computer(
    handset: Phone, computer: Computer, relay: RelayHere
) -> None:
    computer.sheet = True
    page = join(handset, computer, relay)
    computer.vault.lock()  # no computer runs
    relay.refuses = 503  # and the relay is away too
    page.reload()
    ready(page)
    expect(page.locator("#questions")).not_to_contain_text("Anxiety")
    assert "Clonazepam" not in page.content(), "nothing of it stands there before the passcode"
    page.get_by_role("link", name="Help now").first.click()
    expect(page.locator("#whom a").first).to_have_attribute("href", "tel:999")
    for wrong in ("shore 43", "shore 44"):
        look(page, wrong)
        expect(page.locator("#look-trouble")).to_have_text("That is not the passcode. Try again.")
    look(page, "shore 45")
    expect(page.locator("#look-trouble")).to_contain_text(re.compile("not the passcode. Wait"))
    tried(page, wait_ms=600_000)
    look(page)
    expect(page.locator("#look-trouble")).to_contain_text("Nothing is ever wiped")
    expect(page.locator("#open-part")).to_be_hidden()
    tried(page, wait_ms=0)
    look(page)
    told = page.locator("#open-part")
    expect(told).to_contain_text("What the plan says today")
    expect(told).to_contain_text("stopping suddenly can cause seizures and can kill")
    for name in ("Dose card", "The last weeks", "The tide calendar", "Page one, to show a doctor"):
        told.get_by_role("heading", name=name).click()
    expect(told).to_contain_text("Clonazepam 0.5 mg, as agreed")
    expect(told.locator(".drawn > svg")).to_have_count(2)
    expect(told.locator("canvas")).to_be_visible()
    told.get_by_text("The same in six lines").click()
    expect(told).to_contain_text("Takes: clonazepam")
    page.get_by_role("link", name="Today").click()
    expect(page.locator("#questions")).to_contain_text("Anxiety")
    expect(page.locator("#dose-legend")).to_contain_text("clonazepam")
    page.get_by_role("link", name="My diary").click()
    page.get_by_role("button", name="Close").click()
    expect(page.locator("#open-part")).to_be_empty()
    expect(page.locator("#questions")).not_to_contain_text("Anxiety")


def test_a_browser_that_forgot_comes_back_with_the_same_code(
    handset: Phone, computer: Computer, relay: RelayHere
) -> None:
    page = join(handset, computer, relay)
    save(page, "Too unwell to log")
    at_relay(page, 1)
    computer.sync(relay.store)
    tap_more = page.get_by_role("button", name="Write more")
    tap_more.click()
    tap(page, "day", "3")
    save(page, "Save")
    at_relay(page, 1)
    page.goto("about:blank")
    session = handset.context.new_cdp_session(page)  # as the browser does when it needs room
    session.send("Storage.clearDataForOrigin", {"origin": relay.url, "storageTypes": "all"})
    page.goto(f"{relay.url}/phone/")
    ready(page)
    expect(page.get_by_role("heading", name="Pair this phone")).to_be_visible()
    (known,) = computer.phones
    page.locator("#code").fill(known.code.lower().replace("-", " "))
    fill_in(page)
    expect(page.locator("#before")).to_contain_text("1 in your diary, 1 at the relay for it")
    expect(page.locator("#before")).to_contain_text("had not left this phone")
    computer.sync(relay.store)
    assert [origin for _, origin, _ in computer.phone_lines()] == ["app", "app"]
    computer.say_yes(relay.store, known.shelf)
    computer.sync(relay.store)
    page.get_by_role("button", name="I said yes there").click()
    expect(page.locator("#compare")).to_be_hidden()
    look(page)
    expect(page.locator("#open-part")).to_contain_text("What the plan says today")


LINES = {
    404: "does not know this phone", 507: "no room left", 426: "made newer than this page",
    503: "cannot write just now", 422: "did not take this", 429: "wait a little",
}  # fmt: skip


def test_a_no_is_one_clear_line_and_loses_nothing(
    handset: Phone, computer: Computer, relay: RelayHere
) -> None:
    page = join(handset, computer, relay)
    save(page, "Too unwell to log")
    expect(page.locator("#badge")).to_be_hidden()
    page.get_by_role("button", name="Write more").click()
    relay.refuses = 503
    tap(page, "day", "4")
    save(page, "Save")
    page.get_by_role("link", name="Phone").click()
    for status, words in LINES.items():
        relay.refuses = status
        page.get_by_role("button", name="Visit the relay now").click()
        expect(page.locator("#sending")).to_contain_text(words)
        expect(page.locator("#sending")).to_contain_text("Everything stays here")
        expect(page.locator("#badge")).to_have_text("1")
    asked = len(relay.asked)
    page.get_by_role("button", name="Visit the relay now").click()
    expect(page.locator("#sending")).to_contain_text("wait a little")
    assert len(relay.asked) == asked, "after “wait” it is not asked again at once"
    page.wait_for_timeout(1100)
    relay.refuses, relay.version = 0, "2"
    page.get_by_role("button", name="Visit the relay now").click()
    expect(page.locator("#sending")).to_contain_text(LINES[426])
    relay.version = "1"
    page.get_by_role("button", name="Visit the relay now").click()
    expect(page.locator("#badge")).to_be_hidden()
    computer.sync(relay.store)
    assert len(computer.phone_lines()) == 2


def test_a_wrong_code_and_a_short_passcode_are_said(handset: Phone, relay: RelayHere) -> None:
    page = handset.page
    page.goto(f"{relay.url}/phone/")
    ready(page)
    page.locator("#code").fill("0123 4567 89ab")
    page.locator("#new-1").fill("12345")
    page.locator("#new-2").fill("12345")
    page.get_by_role("button", name="Pair this phone").click()
    expect(page.locator("#pair-trouble")).to_contain_text("at least 6")
    page.locator("#new-1").fill("123456")
    page.get_by_role("button", name="Pair this phone").click()
    expect(page.locator("#pair-trouble")).to_contain_text("differ")
    page.locator("#new-2").fill("123456")
    page.get_by_role("button", name="Pair this phone").click()
    expect(page.locator("#pair-trouble")).to_contain_text("28 letters and digits")
    page.locator("#code").fill(to_code(bytes(range(17))))
    page.get_by_role("button", name="Pair this phone").click()
    expect(page.locator("#pair-trouble")).to_contain_text("does not know this code")
    expect(page.locator("#pair")).to_contain_text("whoever runs it cannot read what is sealed")


def test_axe_finds_nothing_and_nothing_is_wider_than_a_small_phone(
    handset: Phone, computer: Computer, relay: RelayHere
) -> None:
    computer.sheet = True
    page = handset.page
    page.goto(f"{relay.url}/phone/")
    ready(page)
    _well(page, "pair")
    page = join(handset, computer, relay)
    look(page)
    expect(page.locator("#open-part")).to_be_visible()
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    for name in ("look", "today", "help", "phone"):
        page.evaluate(f"location.hash = '{name}'")
        expect(page.locator(f"#{name}")).to_be_visible()
        _well(page, name)


def _well(page: Page, name: str) -> None:
    page.evaluate(AXE)
    for theme in ("paper", "contrast", "dim"):
        page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
        found = page.evaluate(RUN_AXE if theme == "dim" else CONTRAST)["violations"]
        bad = [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]
        assert bad == [], (name, theme)
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
    page.set_viewport_size({"width": 390, "height": 844})
