"""Every formula of the built book is MathML, in signs that the book's own font has, within its line or its box."""

import pytest
from bs4 import BeautifulSoup
from cut_fonts import FONTS
from test_pages import EVERY_PAGE, PAGES, opened

pytestmark = pytest.mark.pages

PHONE = {"width": 400, "height": 800}
ITALIC = {"h": "\u210e"} | {
    chr(first + k): chr(slanted + k) for first, slanted in ((65, 0x1D434), (97, 0x1D44E)) for k in range(26) if k != 7
}


def parsed(built_book, page_name):
    return BeautifulSoup((built_book / page_name).read_text("utf-8"), "html.parser")


@pytest.mark.parametrize("page_name", EVERY_PAGE)
def test_a_page_has_its_formulas_as_mathml_and_no_mathjax(built_book, page_name):
    page = parsed(built_book, page_name)
    formulas = page.select(".math.notranslate")
    assert all(len(formula.find_all("math", recursive=False)) == 1 for formula in formulas)
    assert not page.select("merror")
    assert "mathjax" not in str(page).lower().replace("mathjax_ignore", "")


def test_the_font_has_every_sign_of_the_formulas(built_book):
    _, have, _ = FONTS["mathematics"]
    shown = set()
    for page_name in PAGES:
        for part in parsed(built_book, page_name).select("math :is(mi, mo, mn, mtext)"):
            text = part.get_text()
            shown |= {ITALIC.get(text, text)} if part.name == "mi" and len(text) == 1 else set(text)
    assert len(shown) > 60
    assert sorted(sign for sign in shown if sign not in have) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_telephone_a_formula_is_in_its_font_its_colour_and_its_place(chromium, address, scheme):
    page_name = "notebooks/06_why_the_gradient_survives.html"  # the widest one of the book
    with opened(chromium, address + page_name, color_scheme=scheme, viewport=PHONE) as (page, wrong):
        page.evaluate("document.fonts.ready.then(() => null)")
        assert page.evaluate(
            "[...document.fonts].some(({ family, status }) => /Belt Mathematics/.test(family) && status === 'loaded')"
        )
        colours = "(math) => [getComputedStyle(math).color, getComputedStyle(math.parentElement).color]"
        for formula in page.locator("math").all():
            assert len(set(formula.evaluate(colours))) == 1
        for formula in page.locator("span.math").all():
            assert formula.evaluate("(f) => f.getBoundingClientRect().right") <= PHONE["width"]
        boxes = page.locator("div.math").evaluate_all(
            "(all) => all.map((b) => [b.scrollWidth > b.clientWidth, b.tabIndex, b.scrollHeight - b.clientHeight])"
        )
        assert any(wide for wide, *_ in boxes)
        assert all(reached == (0 if wide else -1) and cut <= 0 for wide, reached, cut in boxes)
        assert wrong == []
