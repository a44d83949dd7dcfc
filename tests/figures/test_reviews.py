"""The figure of padding and truncation, held against what `pad_sequences` is documented to do."""

import pytest

from lstm_edu import figures
from lstm_edu.figures.page import page_html

WORDS = ["the", "plot", "is", "thin", "but", "the", "acting", "is", "superb"]


def columns(figure):
    """The texts of each setting, from step 1 on, places that do not exist left out."""
    square = figure.data[0]
    shown = [[(text, z) for text, z in zip(*rows, strict=True)] for rows in zip(square.text, square.z, strict=True)]
    return [[text for text, z in column if z is not None] for column in zip(*shown, strict=True)]


def moved(figure, maxlen):
    """The figure after its slider was moved, as plot.js moves it."""
    (step,) = (step for step in figure.layout.sliders[0].steps if step.label == str(maxlen))
    figure.data[0].update({name: value[0] for name, value in step.args[0].items()})
    return figure


def test_a_long_text_is_cut_where_truncating_says():
    pre_pre, pre_post, post_pre, post_post = columns(figures.padding(WORDS, start=6))
    assert pre_pre == post_pre == ["thin", "but", "the", "acting", "is", "superb"]
    assert pre_post == post_post == ["the", "plot", "is", "thin", "but", "the"]


def test_a_short_text_gets_its_zeros_where_padding_says():
    pre_pre, pre_post, post_pre, post_post = columns(moved(figures.padding(WORDS, start=6), 11))
    assert pre_pre == pre_post == ["0", "0", *WORDS]
    assert post_pre == post_post == [*WORDS, "0", "0"]


def test_a_word_0_is_a_word():
    figure = figures.padding(["0", "stars"], start=3)
    assert figure.data[0].z[0][0] == 0 and figure.data[0].z[1][0] == 1


def test_a_readers_words_are_no_tags_and_the_table_shows_them():
    figure = figures.padding(["<b>", "&amp;"])
    page = page_html(figure.to_dict())
    assert figure.layout.meta["alt"].startswith("2 words, <b> &amp;, in 2 places")
    assert "<td>&lt;b&gt;</td>" in page and "<td>&amp;amp;</td>" in page


@pytest.mark.parametrize(("words", "start"), [([], None), (WORDS, 0), (WORDS, 13)])
def test_what_it_refuses(words, start):
    with pytest.raises(ValueError, match="expected"):
        figures.padding(words, start=start)
