"""A page in another language, a made-up one, English in brackets: no sentence of a widget is left in English."""

import re

import pytest
from every_widget import WIDGETS
from made_up import add_language

from lstm_edu.dialects import DIALECTS

pytestmark = pytest.mark.pages

# What has no brackets: names out of code, the same in every language, and what stands for something.
SAME = {
    *("Embedding", "Dense", "SimpleRNN", "LSTM", "GRU", "Bidirectional", "ids"),  # Keras' names
    *("use_bias", "reset_after", "return_sequences", "bidirectional"),
    *DIALECTS,
    *(dialect.order for dialect in DIALECTS.values()),
    *("tanh", "relu", "linear", "sigmoid", "hard_sigmoid", "start"),
    *("state_t", "input_t", "output_t", "input_sequence", "for", "in"),  # a chapter's code
}
TEXTS = """(root) => {
    const copy = root.cloneNode(true);
    // the reader's text, and code
    copy.querySelectorAll("bdi, textarea, .review-chips, pre, code, style").forEach((part) => part.remove());
    const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
    const pieces = [];
    while (walker.nextNode()) pieces.push(walker.currentNode.data);
    const named = [...copy.querySelectorAll("*")].flatMap((part) =>
        ["aria-label", "title", "alt", "placeholder", "aria-valuetext"].map((name) => part.getAttribute(name)));
    return [pieces.join(" "), ...named.filter(Boolean)];
}"""


WORD = re.compile(r"[^\W\d_][\w'’]+")


def left_in_english(text, own=frozenset()):
    """The words of a text outside all brackets, but for a reader's own."""
    before = None
    while before != text:
        before, text = text, re.sub(r"\[[^\[\]]*\]", " ", text)
    return [word for word in WORD.findall(text) if word not in SAME and word.lower() not in own]


@pytest.mark.parametrize("name", WIDGETS)
def test_every_sentence_of_a_page_is_in_its_language(widget_page, bundle, name, tmp_path, monkeypatch):
    add_language(tmp_path / "words")
    monkeypatch.setenv("LSTM_EDU_WORDS", str(tmp_path / "words"))
    monkeypatch.setenv("LSTM_EDU_LANGUAGE", "xx")
    scripts = bundle()
    row = WIDGETS[name]
    shown = [row.make(), row.other()]
    own = set(WORD.findall(" ".join(getattr(widget, "text", "") for widget in shown).lower()))
    for widget in shown:
        widget._esm = scripts[f"{widget.script}.js"].decode()
    alive = widget_page(*shown, language="xx")
    still = widget_page(*shown, language="xx", java_script_enabled=False)
    for page, place in ((alive, ".belt-widget"), (still, ".belt-still")):
        found = page.locator(place).evaluate_all(f"(all) => all.map({TEXTS})")
        assert len(found) == 2 and all("[" in "".join(texts) for texts in found)
        assert {word for texts in found for text in texts for word in left_in_english(text, own)} == set()
    assert [
        said for said in alive.wrong if "ERR_FILE_NOT_FOUND" not in said
    ] == []  # the trained model is not beside it


def test_a_sentence_in_english_is_found():
    assert left_in_english("[A [new] sentence.] f · c, LSTM(32), h[0]") == []
    assert left_in_english("[A sentence.] And one more.") == ["And", "one", "more"]
