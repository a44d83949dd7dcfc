"""What follows a guess gives its answer away: it is folded until the reader has guessed, or goes on without."""

import json
import re
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from test_pages import WIDE

from lstm_edu.widgets.check import questions

pytestmark = pytest.mark.pages

ROOT = Path(__file__).resolve().parents[2]
FOLDING = [name for name, question in questions().items() if question.get("folds")]
CHAPTERS = sorted({questions()[name]["chapter"] for name in FOLDING})
PAGES = [path.stem for chapter in CHAPTERS for path in ROOT.glob(f"notebooks/{chapter}_*.ipynb")]


@contextmanager
def opened(chromium, address, name, **options):
    context = chromium.new_context(viewport=WIDE, reduced_motion="reduce", **options)
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
        folded = " ".join(page.locator("[hidden=until-found] p").all_text_contents())
        words = re.search(r"[A-Z][a-z]+(?: [a-z]+){4,}", folded)[0]  # whole ones, as a search of this kind wants them
        page.goto("about:blank")
        page.goto(f"{address}notebooks/{PAGES[-1]}.html#:~:text={quote(words)}")
        page.wait_for_function(f"document.querySelectorAll('.fold-open').length === {len(guesses(PAGES[-1])) - 1}")


def test_in_print_and_without_scripts_it_is_all_there(chromium, address):
    with opened(chromium, address, PAGES[-1]) as page:
        page.emulate_media(media="print")
        assert all(all(followers(page, k)) for k in range(len(guesses(PAGES[-1]))))
        assert not page.locator(".fold-open").first.is_visible()
    with opened(chromium, address, PAGES[-1], java_script_enabled=False) as page:
        assert page.locator(".fold-open").count() == 0
        assert page.get_by_text("The answer stands below.").first.is_visible()
