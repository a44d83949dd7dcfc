"""ReviewExplorer in Python: the model handed over, the traits both ways, the picture and the ready reviews."""

import zlib

import numpy as np
from review_pages import SAME, probability, settle

from lstm_edu.imdb.text import split
from lstm_edu.widgets import ReviewExplorer
from lstm_edu.widgets.review_explorer import reviews
from lstm_edu.widgets.review_explorer.picture import png


def test_python_hands_over_the_model_when_asked(monkeypatch):
    widget, sent = ReviewExplorer("lstm_32-seed2"), []
    monkeypatch.setattr(widget, "send", sent.append)
    widget._handle_custom_msg({"want": "something"}, [])
    widget._handle_custom_msg({"want": "pack", "name": "lstm_32-seed2"}, [])
    assert [message["pack"]["name"] for message in sent] == ["lstm_32-seed2"]


LIVE = """async (pack) => {
  const { state } = Object.values(JSON.parse(document.querySelector("script[type*=widget-state]").text).state)
    .find(({ state }) => state._esm);
  const { default: widget } = await import(URL.createObjectURL(new Blob([state._esm], { type: "text/javascript" })));
  const listeners = [];
  const tell = (event, ...said) => listeners.filter(([name]) => name === event).forEach(([, heard]) => heard(...said));
  window.python = {
    traits: state,
    saved: 0,
    get: (name) => state[name],
    set(name, value) {
      if (state[name] === value) return;
      state[name] = value;
      tell(`change:${name}`);
      tell("change");
    },
    save_changes: () => python.saved++,
    send: ({ want, name }) => want === "pack" && name === pack.name && tell("msg:custom", { pack }),
    on: (name, heard) => listeners.push([name, heard]),
    off: (name, heard) => listeners.splice(listeners.findIndex((one) => one[0] === name && one[1] === heard), 1),
  };
  const el = document.createElement("div");
  document.querySelector("main").replaceChildren(el);
  delete document.documentElement.dataset.bookAssets; // which only a page of the book has
  widget.render({ model: window.python, el });
}"""


def test_in_a_notebook_python_hands_the_model_over_and_the_traits_go_both_ways(widget_page):
    widget = ReviewExplorer("lstm_32-seed2")
    page = widget_page(widget)
    page.wrong.clear()  # that page's static folder holds no model; a notebook has no such folder
    page.evaluate(LIVE, widget.packed())
    page.wait_for_selector("[data-model=ready]")
    last = widget.network.read(reviews()[0][1]).last
    assert abs(probability(page) - last) < SAME
    assert abs(page.evaluate("python.get('probability')") - last) < SAME
    page.locator("textarea").fill("A dull film")  # the reader's way
    settle(page)
    assert page.evaluate("[python.get('text'), python.saved > 0]") == ["A dull film", True]
    page.evaluate("""python.set("text", "A wonderful film"), python.set("holds",
        [{ gate: "f", unit: null, step: null, value: 1 }]), python.set("part", "o")""")  # and Python's
    settle(page)
    assert page.locator("textarea").input_value() == "A wonderful film"
    assert page.locator("input[value=o]").is_checked() and page.locator(".review-holds li").count() == 1
    assert page.wrong == []


def test_in_a_notebook_whose_python_does_not_answer_it_says_what_is_awaited(widget_page):
    page = widget_page(ReviewExplorer("lstm_32-seed2"))
    page.evaluate(LIVE, {"name": "another"})
    page.get_by_text("Python is asked for the model: if it does not come, run the cell again").wait_for()


def test_a_long_text_is_not_stored_in_the_page():
    assert ReviewExplorer(text="word " * 400).first is None
    assert ReviewExplorer().first["text"] == reviews()[0][1]


def test_ready_reviews_are_short_and_one_is_long():
    lengths = [len(split(text)) for _, text in reviews()]
    assert 6 <= len(lengths) <= 10 and max(lengths) > 200 and sorted(lengths)[-2] < 40
    assert len({name for name, _ in reviews()}) == len(lengths)


def test_the_picture_is_a_png_of_its_pixels():
    rgba = np.random.default_rng(0).integers(0, 256, (3, 5, 4)).astype(np.uint8)
    content = png(rgba)
    start = content.index(b"IDAT") + 4
    raw = zlib.decompress(content[start : content.index(b"IEND") - 8])
    assert b"".join(raw[k * 21 + 1 : k * 21 + 21] for k in range(3)) == rgba.tobytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
