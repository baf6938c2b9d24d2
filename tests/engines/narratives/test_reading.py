"""What is said of a symptom, and when, on short stories whose answer nobody would dispute."""

import pytest

from landward.app.stories.reader import story_reader


def only(text, word):
    found = [one for one in story_reader().read(text).findings if word in one.text]
    assert found, f"{word} was not found in {text}"
    return found[0]


@pytest.mark.parametrize(
    ("text", "word", "what"),
    [
        ("I did not have hallucinations.", "hallucinations", "negated"),
        ("I had no tremor, sweating or nausea.", "nausea", "negated"),
        ("I am afraid that the insomnia comes back.", "insomnia", "possible"),
        ("What if I get seizures?", "seizures", "possible"),
        ("The tinnitus is gone.", "tinnitus", "resolved"),
        ("I had vertigo and nausea. All of it was gone by June.", "vertigo", "resolved"),
        ("I had terrible insomnia.", "insomnia", ""),
        ("I had no sleep, terrible nausea and headaches.", "headaches", ""),  # that no is a symptom
    ],
)
def test_denied_feared_ended(text, word, what):
    found = only(text, word)
    said = {name for name in ("negated", "possible", "resolved") if getattr(found, name)}
    assert said == ({what} if what else set())


@pytest.mark.parametrize(
    ("text", "word", "whose"),
    [
        ("My neighbour had terrible insomnia.", "insomnia", "other"),
        ("My doctor said it is anxiety.", "anxiety", "self"),
        ("My sister is well but I have insomnia.", "insomnia", "self"),
    ],
)
def test_whose(text, word, whose):
    assert only(text, word).whose == whose


STORY = (
    "Before I ever took a pill I had stage fright and panic attacks. A doctor prescribed Ativan "
    "1 mg. For six years I was on it and had memory loss.\n\nThen I tapered from 1 mg to 0.25 mg. "
    "There was burning skin and insomnia. In May I took my last dose. Two weeks later came vertigo "
    "and nausea. I still have tinnitus."
)


@pytest.mark.parametrize(
    ("word", "phase", "said"),
    [
        ("panic", "before", True),
        ("memory", "on", True),
        ("burning", "cutting", False),  # carried over from the sentence before: perhaps
        ("vertigo", "stopped", False),
        ("tinnitus", "stopped", True),
    ],
)
def test_the_storys_own_timeline(word, phase, said):
    found = only(STORY, word)
    assert (found.phase, found.phase_sure) == (phase, said)


def test_a_kind_is_given_only_where_it_is_said_or_two_agree():
    assert only("While I was on Ativan I had nausea.", "nausea").kind == "effect"
    assert only("After my last dose I had nausea.", "nausea").kind == "withdrawal"
    assert only(STORY, "panic").kind == "unsure"


def test_wanting_to_stop_is_no_stop():
    assert (
        only("I am on Valium 10 mg. I want to stop it. I have nausea every day.", "nausea").phase
        == "on"
    )


def test_a_supporters_story_is_the_other_persons():
    text = (
        "My husband took Xanax for nine years. While he was on it he had insomnia. "
        "I have insomnia too from worrying."
    )
    found = [one for one in story_reader().read(text).findings if "insomnia" in one.text]
    assert [(one.whose, one.phase) for one in found] == [("other", "on"), ("self", "unknown")]


@pytest.mark.parametrize(
    ("text", "word", "severity"),
    [
        ("I had unbearable nausea for a week.", "nausea", "severe"),
        ("There was a slight tremor.", "tremor", "mild"),
        ("I had fairly moderate headaches.", "headaches", "moderate"),
        ("I had headaches.", "headaches", ""),
    ],
)
def test_how_strong(text, word, severity):
    assert only(text, word).severity == severity


@pytest.mark.parametrize(
    ("text", "word", "what"),
    [
        ("Scared of: akathisia, seizures, never sleeping again.", "seizures", "possible"),
        ("I pray no seizure will come.", "seizure", "possible"),
        ("I was sure I'd have insomnia for life.", "insomnia", "possible"),
        ("My doctor said I'd always have depression.", "depression", "possible"),
        ("What scares me is the tinnitus.", "tinnitus", "possible"),
        ("Gone: the tinnitus, the metallic taste, the nausea.", "metallic taste", "resolved"),
        ("The confusion has lifted, all of it.", "confusion", "resolved"),
        ("The tremor quit in June.", "tremor", "resolved"),
        ("I have no more vertigo.", "vertigo", "resolved"),
        ("I had tremors, and those are done with.", "tremors", "resolved"),
        ("The tinnitus wore off.", "tinnitus", "resolved"),
        ("The insomnia quit being funny.", "insomnia", ""),
        ("I left with tinnitus and it is still here.", "tinnitus", ""),
    ],
)
def test_feared_and_ended_told_in_other_ways(text, word, what):
    found = only(text, word)
    said = {name for name in ("negated", "possible", "resolved") if getattr(found, name)}
    assert said == ({what} if what else set())
