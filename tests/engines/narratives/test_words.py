"""Words keep their places; markup is blanked, never moved."""

from hypothesis import given
from hypothesis import strategies as st

from landward.engines.narratives.words import cut_sentences, cut_words, stem, without_markup


@given(st.text(max_size=400))
def test_every_word_stands_where_it_says(text):
    for word in cut_words(text):
        assert text[word.start : word.end] == word.text


@given(st.text(alphabet="ab<>/&;!-# \n\"'", max_size=200))
def test_markup_keeps_every_other_letter_in_its_place(text):
    plain = without_markup(text)
    assert len(plain) == len(text)
    assert all(p in (t, " ", "'", '"', "<", ">", "&") for p, t in zip(plain, text, strict=True))


def test_tags_and_entities_are_blanked():
    assert without_markup("<p>no <b>sleep</b> &amp; rage</p>").split() == [
        "no",
        "sleep",
        "&",
        "rage",
    ]


def test_sentences_end_at_marks_and_lines_and_not_in_numbers():
    cut = cut_sentences("I took 0.5 mg. It helped!\nThen not")
    assert [[word.text for word in one] for one in cut if one] == [
        ["I", "took", "0", ".", "5", "mg", "."],
        ["It", "helped", "!"],
        ["Then", "not"],
    ]


def test_one_endless_sentence_is_cut():
    assert max(len(one) for one in cut_sentences("word " * 5000)) == 120


def test_stem_joins_forms():
    assert stem("Sweating") == stem("sweats") == "sweat"
