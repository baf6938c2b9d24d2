"""What is written on a phone: six taps, every kind of answer, nothing half said."""

import datetime as dt
import random
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.phone import AXE, RUN_AXE, Phone, ready, save, sent, tap
from tests.web.home import Server, entries, new_vault

from landward.app.diary.locked_view import LockedView
from landward.model.amounts import as_decimal, read_mg
from landward.model.base import BadInput
from landward.model.bodies import CheckIn, DoseTaken, Note, Sleep, read_body

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
        wordings={"pleasant": "1.en", "painful": "1.en"},
    )
    assert day.body == wanted.to_json()  # byte for byte what this program would have written
    assert (
        found["dose_taken"].body
        == DoseTaken(
            drug="clonazepam", dose_mg="1.5", status="as_planned", day_total=True
        ).to_json()
    )
    assert day.origin == "app" and day.device.startswith("pocket-") and day.version == 3
    assert abs(day.recorded_at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)
    assert found["dose_taken"].seq == day.seq + 1
    assert phone.hosts() == {server.home.origins[0]}


def test_a_question_that_was_chosen_is_sent_as_the_word_tapped(
    handset: Phone, tmp_path: Path
) -> None:
    outside = LockedView(seen={"country": "GB", "asked": "hardest_part"})
    server = Server(new_vault(tmp_path, outside)).start()
    try:
        page = handset.page
        page.goto(f"{server.url}pair#{server.pairing.new_code()}")
        page.get_by_role("button", name="Pair this phone").click()
        ready(page)
        tap(page, "q-hardest_part", "evening")
        save(page, "Save")
        sent(page)
        (entry,) = entries(server.vault)
    finally:
        server.stop()
    wanted = CheckIn(
        asked=("day", "pleasant", "painful"),
        choices={"hardest_part": "evening"},
        wordings={"pleasant": "1.en", "painful": "1.en"},
    )
    assert (entry.body, entry.version) == (wanted.to_json(), wanted.written_as)


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


NOT_TAKEN = DoseTaken(drug="clonazepam", status="not_taken", day_total=True)
HALF = DoseTaken(drug="clonazepam", dose_mg="0.75", status="different", day_total=True)


@pytest.mark.parametrize(
    ("button", "amount", "wanted"),
    [("Not taken", "", NOT_TAKEN), ("Save", "0,75", HALF), ("Save", "0", NOT_TAKEN),
     ("Save", "½ tablet of 1.5 mg", HALF), ("Save", "750 micrograms", HALF)],
)  # fmt: skip
def test_a_dose_that_was_not_as_planned(
    phone: Phone, server: Server, button: str, amount: str, wanted: DoseTaken
) -> None:
    page = phone.page
    if button == "Save":
        page.get_by_role("button", name="Different").click()
        for junk in ("", "a lot", "-1", "1e9", "1.5.5", "½ tablet", "2 mL", "twice a day 1 mg"):
            page.get_by_label("how much in the whole day").fill(junk)
            page.get_by_role("button", name="Save", exact=True).click()
            expect(page.get_by_role("alert")).to_contain_text("rite it")
        page.get_by_label("how much in the whole day").fill(amount)
    save(page, button)
    sent(page)
    (dose,) = entries(server.vault)
    assert dose.body == wanted.to_json()


BITS = (
    *("5", "0.5", "2,5", "½", "1/2", "1 1/2", "0", "10", "1,000", "٣", "⅓", "mg", "µg", "mcg", "g"),
    *("ml", "mL", "tablet", "tablets", "drops", "of", "x", "×", "=", "(", ")", "half a", "and"),
    *("quarter", "three quarters", "one", "0.4 mg/mL", "5 mg", "0.25 mg", "each", "at", "/", ","),
)


def test_amounts_are_read_as_everywhere(phone: Phone) -> None:
    made = random.Random(7)
    texts = ["½ tablet of 5 mg", "2.5 mL of 0.4 mg/mL", "10 drops, 20 drops = 1 mL of 10 mg/mL"]
    for _ in range(4000):
        parts = made.choices(BITS, k=made.randint(1, 6))
        texts.append(made.choice((" ", "", " ")).join(parts))
    wanted = []
    for text in texts:
        try:
            wanted.append(format(as_decimal(read_mg(text, zero=True)), "f"))
        except BadInput:
            wanted.append("")
    found = phone.page.evaluate(
        """async (texts) => {
          const { milligrams } = await import("./amounts.js");
          const read = (text) => { try { return milligrams(text); } catch { return ""; } };
          return texts.map(read);
        }""",
        texts,
    )
    assert sum(map(bool, wanted)) > 100
    assert [*zip(texts, found, strict=True)] == [*zip(texts, wanted, strict=True)]


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


# ---- the way in -------------------------------------------------------------------------------


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
