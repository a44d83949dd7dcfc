"""ReviewExplorer: any text is read as it stands, and one text is held against another."""

import re

import numpy as np
import pytest
from review_pages import SAME, at, expected, probability, settle
from widget_checks import overflow

from lstm_edu.imdb.text import split
from lstm_edu.widgets.review_explorer import reviews

TO_SPACES = re.compile(r'[!"#$%&()*+,\-./:;<=>?@[\\\]^_`{|}~\t\n ]+')


def test_the_difference_map_is_this_text_less_the_first(explorer):
    text = "The first hour was fast and I almost left, but the ending is wonderful, one of the best I have seen."
    page = explorer(hash=at(compare="true", panel="difference", part="h", text=text, step=10, unit=4))
    now, before = expected(text), expected(reviews()[0][1])
    shown = re.search(r"difference of h (−?[\d.]+)", page.locator(".review-readout").inner_text())[1]
    wanted = now.parts["h"][10, 4] - before.parts["h"][10, 4]
    assert abs(float(shown.replace("−", "-")) - wanted) <= 5.1e-4 and abs(wanted) > 1e-3
    page.get_by_role("button", name="Back to the first text").click()
    assert abs(probability(page) - before.last) < SAME


def test_the_difference_is_named_and_ends_with_its_use(explorer):
    page = explorer(hash=at(compare="true", panel="difference", text="The first hour was slow."))
    notice = page.locator(".review-comparing")
    assert notice.is_visible()
    assert "dashed: the same words in the first text" in page.locator(".review-chart .review-curve").inner_text()
    page.get_by_label("A review to read").select_option("2")
    settle(page)
    assert not notice.is_visible() and "dashed" not in page.locator(".review-chart .review-curve").inner_text()
    assert "difference" not in page.locator(".review-readout").inner_text()


def test_another_text_stands_beside_the_first(explorer):
    page = explorer(hash=at(panel="difference"))
    text = reviews()[2][1]
    page.locator("[role=tabpanel]:not([hidden]) select").select_option("2")
    settle(page)
    now, before = expected(reviews()[0][1]), expected(text)
    assert abs(probability(page) - now.last) < SAME
    assert (
        f"was {before.last:.3f} for the first text and is {now.last:.3f}"
        in page.locator(".review-told:visible").inner_text()
    )
    assert [word.lower() for word in page.locator(".review-word").all_inner_texts()] == ["start", *split(text)]
    line = page.locator(".review-first .review-line").get_attribute("d")
    shown = np.array([1 - float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", line)])
    assert np.abs(shown - before.p).max() <= 1e-4
    unit = int(page.locator(".review-marks select").last.input_value())
    limit = float(page.locator(".review-marks .review-legend span").last.inner_text())  # of the text above
    share = np.clip(before.parts["c"][:, unit] / limit, -1, 1)
    bars = page.locator(".review-word").evaluate_all("(all) => all.map(({ style }) => style.backgroundImage)")
    ends = [re.findall(r"var\(--mark\) ([\d.]+)% ([\d.]+)%", bar) or [("50", "50")] for bar in bars]
    found = np.array([(float(pair[0][0]) + float(pair[0][1]) - 100) / 50 for pair in ends])
    assert np.abs(found - share).max() <= 0.01 + SAME
    page.get_by_role("button", name="Link to this state").click()
    assert "base=Terrible" in page.locator(".belt-link").input_value()
    page.get_by_label("Each word shows").select_option("without")  # which is read for the text above alone
    settle(page)
    assert page.wrong == []


def test_shuffled_words_are_the_same_words(explorer):
    page = explorer(hash=at(panel="difference"))
    page.get_by_role("button", name="Shuffle the words").click()
    text = reviews()[0][1]
    page.wait_for_function("(text) => document.querySelector('textarea').value !== text", arg=text)
    shuffled = page.locator("textarea").input_value()
    assert sorted(split(shuffled)) == sorted(split(text)) and re.fullmatch(r"[^.]*\w\.", shuffled)
    assert abs(probability(page) - expected(shuffled).last) < SAME


ORDERS = """
import { align, subtract } from "./widgets/review_explorer/partners.js";
import { change, move, remove, shuffle } from "./widgets/review_explorer/edits.js";
"""


@pytest.mark.parametrize(
    ("now", "first", "partners"),
    [
        ("a b c", "a b c", [0, 1, 2]),
        ("a c", "a b c", [0, 2]),
        ("a x b c", "a b c", [0, -1, 1, 2]),
        ("a x c", "a b c", [0, 1, 2]),
        ("b c a", "a b c", [1, 2, 0]),
        ("the the end", "the end", [-1, 0, 1]),
        ("a x y b", "s a b", [1, -1, -1, 2]),  # what comes after a word without a partner is in nothing's place
        ("", "a b", []),
        ("a b", "", [-1, -1]),
    ],
)
def test_a_word_finds_its_partner_in_the_first_text(node, now, first, partners):
    found = node(ORDERS + "give(align(data[0], data[1]));", [now.split(), first.split()])
    if now == "the the end":  # either of the two is the one that was there
        assert sorted(found) == sorted(partners)
    else:
        assert found == partners


def places(text):
    """The words of a text with their places, as js/numbers/text.js finds them."""
    return [
        {"typed": found[0], "at": found.start()} for found in re.finditer(TO_SPACES.pattern.replace("[", "[^", 1), text)
    ]


def test_words_that_are_left_out_stay_where_they_are(node):
    text = "the zebra sat on a the mat."  # read without "zebra" and "a", which are parts of others or hold them
    left = [one for one in places(text) if one["typed"] not in ("zebra", "a")]
    assert node(f"{ORDERS} give([remove(...data, 1), move(...data, 0, 4)]);", [text, left]) == [
        "the zebra on a the mat.",
        "sat on a the mat zebra the.",
    ]


def test_texts_are_cut_up_and_joined_without_loss(node):
    text = "  Well-made, (a) film... it's “fine”\n10/10!  "
    typed = places(text)
    assert [one["typed"] for one in typed] == ["Well", "made", "a", "film", "it's", "“fine”", "10", "10"]
    edits = "change(...data, 0, data[1][0].typed), remove(...data, 2), move(...data, 1, 0), change(...data, 3, 'book')"
    script = f"{ORDERS} give([{edits}, shuffle(...data, () => 0)]);"
    same, without, moved, changed, shuffled = node(script, [text, typed])
    assert same == text
    assert without == "  Well-made, (film... it's “fine”\n10/10!  "
    assert split(moved) == ["made", "well", *split(text)[2:]]
    end = "move(...data, 2, 1), move(...data, 1, 2), remove(...data, 2)"
    sentences = ["A good film.", places("A good film.")]
    assert node(f"{ORDERS} give([{end}]);", sentences) == ["A film good.", "A film good.", "A good "]
    assert changed == text.replace("film", "book")
    assert sorted(split(shuffled)) == sorted(split(text)) and split(shuffled) != split(text)


def test_a_burst_ends_with_the_last_input_drawn(explorer):
    page = explorer()
    text = page.evaluate("""async () => {
      const field = document.querySelector("textarea");
      const text = field.value;
      for (let k = 0; k < 400; k++) {
        field.value = `${text} ${["wonderful", "awful", "boring"][k % 3]} ${k}`;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        if (k % 40 === 39) await new Promise((done) => setTimeout(done));
      }
      return field.value;
    }""")
    assert abs(probability(page) - expected(text).last) < SAME


NASTY = [
    "",
    " \t\n .,!",
    "<script>wrong()</script><img src=x onerror=wrong()> &amp; <b>bold</b>",
    "这部电影 🎬👩‍👩‍👧 فيلم رائع ‮reversed‬ עברית",
    "constructor __proto__ toString 10/10",
    "İSTANBUL ΟΔΟΣ ŉ ﬁlm z̵̡a͘lgo",
    "x" * 20_000,
    "the " * 499,
    "the movie " * 250,
    "A long, long film. " * 1_250,
]


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_any_text_is_taken_literally(explorer, text):
    page = explorer(width=400)
    page.locator("textarea").fill(text)
    found = expected(text)
    assert abs(probability(page) - found.last) < SAME
    typed = [word if len(word) < 28 else "x" * 27 + "…" for word in TO_SPACES.split(text) if word]
    start = ["start"] if len(typed) < 500 else []
    assert [chip.strip() for chip in page.locator(".review-chip").all_text_contents()] == [*start, *typed[-500:]]
    unknown = page.locator(".review-unknown").count()
    assert unknown == found.known.count(False)
    notice = page.locator(".review-notice").inner_text()
    assert (f"the first {len(typed) - 500} left out" in notice) == (len(typed) > 500)
    assert page.locator(".belt-widget script, .belt-widget img").count() == 0
    assert overflow(page) == 0 and page.wrong == []
    for panel in page.get_by_role("tab").all():
        panel.click()
    page.keyboard.press("Tab")
    assert page.wrong == []


def test_the_field_takes_a_novel_s_beginning_and_says_so(explorer):
    page = explorer()
    page.locator("textarea").fill("A long film. " * 10_000)
    text = page.locator("textarea").input_value()
    assert len(text) == 100_000 and abs(probability(page) - expected(text).last) < SAME
    assert "the field is full: it takes 100,000 letters" in page.locator(".review-notice").inner_text()
