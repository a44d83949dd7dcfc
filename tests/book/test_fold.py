"""What follows a guess gives its answer away: it is folded until the reader has guessed, or goes on without."""

import json
import re
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from test_pages import WIDE
from widget_checks import overflow

from lstm_edu.widgets.check import questions

pytestmark = pytest.mark.pages

ROOT = Path(__file__).resolve().parents[2]
FOLDING = [name for name, question in questions().items() if question.get("folds")]
CHAPTERS = sorted({questions()[name]["chapter"] for name in FOLDING})
PAGES = [path.stem for chapter in CHAPTERS for path in ROOT.glob(f"notebooks/{chapter}_*.ipynb")]


@contextmanager
def opened(chromium, address, name, before="", **options):
    """A page; before: a script that runs ahead of all of its own."""
    context = chromium.new_context(**{"viewport": WIDE, "reduced_motion": "reduce", **options})
    context.add_init_script(before)
    page = context.new_page()
    page.goto(f"{address}notebooks/{name}.html")
    if options.get("java_script_enabled", True):
        page.wait_for_function("document.documentElement.dataset.widgets === 'ready'")
    yield page
    context.close()


def guesses(name):
    """The questions of a page that fold, in their order."""
    cells = json.loads((ROOT / f"notebooks/{name}.ipynb").read_text("utf-8"))["cells"]
    asked = ("".join(cell["source"]).removeprefix('Check("').removesuffix('")') for cell in cells)
    return [question for question in asked if question in FOLDING]


def followers(page, k):
    """What stands behind the k-th guess: [whether it is seen], up to the next heading or guess."""
    return page.evaluate(
        """(k) => {
          const cell = document.querySelectorAll('[data-folds]')[k].closest('.cell');
          const seen = [];
          let next = cell.nextElementSibling;
          if (next?.matches('.fold-open')) next = next.nextElementSibling;
          while (next && next.tagName !== 'SECTION' && !next.querySelector('[data-folds]')) {
            seen.push(next.getBoundingClientRect().height > 0);
            next = next.nextElementSibling;
          }
          return seen;
        }""",
        k,
    )


@pytest.mark.parametrize("name", PAGES)
def test_every_answer_waits_and_none_is_locked_away(chromium, address, name):
    with opened(chromium, address, name) as page:
        count = len(guesses(name))
        assert page.locator(".fold-open").count() == count > 0
        assert not any(any(followers(page, k)) for k in range(count))
        while page.locator(".fold-open").count():
            button = page.locator(".fold-open").first
            button.focus()
            page.keyboard.press("Enter")
            page.wait_for_function("document.activeElement !== document.body")  # the keyboard is not lost
        assert all(followers(page, k) and all(followers(page, k)) for k in range(count))
        assert page.locator("[hidden=until-found]").count() == 0


def test_a_guess_opens_what_follows_it_and_no_more(chromium, address):
    name = PAGES[-1]
    with opened(chromium, address, name) as page:
        [k, *_] = [k for k, question in enumerate(guesses(name)) if questions()[question]["kind"] == "choice"]
        check = page.locator(".cell:has([data-folds])").nth(k)
        check.locator("input").first.check()
        assert not any(followers(page, k))  # chosen, and not yet said
        check.get_by_role("button", name="Check").click()
        check.locator(".belt-check:is([data-verdict=right], [data-verdict=wrong])").wait_for()
        assert all(followers(page, k)) and not any(followers(page, (k + 1) % len(guesses(name))))
        page.reload()
        page.wait_for_function("document.documentElement.dataset.widgets === 'ready'")
        page.wait_for_function(f"document.querySelectorAll('.fold-open').length === {len(guesses(name)) - 1}")
        assert all(followers(page, k))  # the guess was kept


def test_a_search_in_the_page_opens_it(chromium, address):
    """A link to a piece of text is such a search."""
    with opened(chromium, address, PAGES[-1]) as page:
        folded = " ".join(page.locator("p[hidden=until-found]").all_text_contents())
        words = re.search(r"[A-Z][a-z]+(?: [a-z]+){4,}", folded)[0]  # whole ones, as a search of this kind wants them
        page.goto("about:blank")
        page.goto(f"{address}notebooks/{PAGES[-1]}.html#:~:text={quote(words)}")
        page.wait_for_function(f"document.querySelectorAll('.fold-open').length === {len(guesses(PAGES[-1])) - 1}")


FOLDED = """document.addEventListener("readystatechange", () => {
  if (document.readyState !== "interactive") return; // before the widgets live
  const cell = document.querySelector("[data-widget=Parcel]").closest(".cell");
  cell.setAttribute("hidden", "until-found");
  cell.addEventListener("beforematch", () => cell.removeAttribute("hidden"));
});"""


def test_a_link_to_a_widget_opens_what_folds_it(chromium, address):
    with opened(chromium, address, "01_a_loop_with_a_state", before=FOLDED) as page:
        assert not page.locator(".belt-parcel").first.is_visible()
        page.goto("about:blank")
        page.goto(f"{address}notebooks/01_a_loop_with_a_state.html#belt?parcel.lag=3")
        page.locator(".belt-parcel").first.wait_for()  # to be seen


def test_in_print_and_without_scripts_it_is_all_there(chromium, address):
    with opened(chromium, address, PAGES[-1]) as page:
        page.emulate_media(media="print")
        assert all(all(followers(page, k)) for k in range(len(guesses(PAGES[-1]))))
        assert not page.locator(".fold-open").first.is_visible()
    with opened(chromium, address, PAGES[-1], java_script_enabled=False) as page:
        assert page.locator(".fold-open").count() == 0
        assert page.get_by_text("The answer is below.").first.is_visible()


# --- the switch for all of them ---------------------------------------------------------------------------------------


def switch(page):
    return page.get_by_role("switch", name="All answers open")


def test_one_switch_opens_all_on_every_page_and_is_remembered(chromium, address):
    one, other = PAGES[-1], PAGES[0]
    with opened(chromium, address, one) as page:
        assert switch(page).get_attribute("aria-checked") == "false"
        switch(page).focus()
        page.keyboard.press("Space")
        assert switch(page).get_attribute("aria-checked") == "true"
        assert switch(page).evaluate("(it) => it === document.activeElement")
        assert page.locator(".fold-open").count() == 0
        assert all(all(followers(page, k)) for k in range(len(guesses(one))))
        page.goto(f"{address}notebooks/{other}.html")
        assert switch(page).get_attribute("aria-checked") == "true"
        assert page.locator(".fold-open").count() == 0
        assert all(all(followers(page, k)) for k in range(len(guesses(other))))
        switch(page).click()
        assert page.locator(".fold-open").count() == len(guesses(other))
        page.goto(f"{address}notebooks/{one}.html")
        assert switch(page).get_attribute("aria-checked") == "false"
        assert not any(any(followers(page, k)) for k in range(len(guesses(one))))


def test_switched_back_what_was_opened_by_hand_stays_open(chromium, address):
    with opened(chromium, address, PAGES[-1]) as page:
        page.locator(".fold-open").first.click()
        switch(page).click()
        switch(page).click()
        assert all(followers(page, 0))
        assert not any(any(followers(page, k)) for k in range(1, len(guesses(PAGES[-1]))))


def test_where_the_browser_keeps_nothing_the_switch_lasts_as_long_as_the_page(chromium, address):
    refused = """for (const name of ["getItem", "setItem"]) {
        const given = Storage.prototype[name];
        Storage.prototype[name] = function (key, ...rest) {
            if (key.endsWith(":folds")) throw new Error("refused");
            return given.call(this, key, ...rest);
        };
    }"""
    with opened(chromium, address, PAGES[-1], before=refused) as page:
        switch(page).click()
        assert all(all(followers(page, k)) for k in range(len(guesses(PAGES[-1]))))
        page.reload()
        assert not any(any(followers(page, k)) for k in range(len(guesses(PAGES[-1]))))


@pytest.mark.parametrize("width", [320, 400, 1280])
def test_the_switch_stands_before_the_text_and_moves_none_of_it(chromium, address, width):
    with opened(chromium, address, PAGES[-1], viewport={"width": width, "height": 800}) as page:
        assert switch(page).is_visible() and overflow(page) <= 0
        heading = page.locator("article h1")
        before = "(h1) => h1.compareDocumentPosition(document.querySelector('.fold-all')) & 2"  # PRECEDING
        assert heading.evaluate(before)
        there = heading.bounding_box()
        switch(page).evaluate("(it) => it.remove()")
        assert heading.bounding_box() == there


def test_a_page_without_folds_has_no_switch(chromium, address):
    page = chromium.new_page()
    page.goto(f"{address}book/glossary.html")
    assert page.get_by_role("button", name="Fullscreen mode").is_visible() and switch(page).count() == 0
    page.close()
