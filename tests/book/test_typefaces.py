"""The book's own typefaces: they have the signs of its pages, are what is seen, and nothing moves when they come."""

import time

import pytest
from bs4 import BeautifulSoup
from cut_fonts import FONTS
from test_pages import CHAPTERS, PAGES, ROOT, opened

pytestmark = pytest.mark.pages

BY_THE_SYSTEM = {*"ᶻ⊙✅❤\ufe0f"}  # in a question or two, the status page's ticks, a reader's review
PHONE = {"width": 400, "height": 800}


def test_the_typefaces_have_the_signs_of_the_pages_and_sentences(built_book):
    texts = [path.read_text("utf-8") for path in (ROOT / "lstm_edu/words").rglob("*.toml")]
    codes = []
    for page_name in PAGES:
        page = BeautifulSoup((built_book / page_name).read_text("utf-8"), "html.parser")
        for part in page.select("script, style, math"):
            part.decompose()
        codes += [part.extract().get_text() for part in page.select("pre, code")]
        texts.append(page.get_text())
    shown, code = ({sign for sign in "".join(found) if sign >= " "} for found in (texts, codes))
    arabic_or_chinese = {sign for sign in shown if "\u0600" <= sign <= "\u06ff" or sign >= "\u2e80"}
    signs = {name: set(have) for name, (_, have, _) in FONTS.items()}
    assert shown - arabic_or_chinese - BY_THE_SYSTEM - signs["text"] == set()
    assert signs["text"] == signs["text-bold"]
    assert code - signs["code"] == set()


SHIPPED = {"Inter", "JetBrains Mono", "Belt Mathematics"}
FAMILY = "(element) => getComputedStyle(element).fontFamily.split(',')[0].replaceAll('\"', '')"


@pytest.mark.parametrize("page_name", [CHAPTERS[3], CHAPTERS[4]])  # the drawing, a widget, figures
def test_a_page_is_in_the_typefaces(chromium, address, page_name):
    with opened(chromium, address + page_name) as (page, wrong):
        page.evaluate("document.fonts.ready.then(() => null)")
        faces = page.evaluate("[...document.fonts].map((face) => [face.family, face.status])")
        assert {family.strip('"') for family, status in faces if status == "loaded"} >= SHIPPED
        for place, family in {
            ".bd-article p": "Inter",
            ".bd-article h2": "Inter",
            ".bd-article pre": "JetBrains Mono",
            ".belt-widget": "Inter",
            ".belt-widget svg text, .belt-widget button": "Inter",
            "figure.plot svg text": "Inter",
        }.items():
            for element in page.locator(place).all():
                assert element.evaluate(FAMILY) == family, element.evaluate("(e) => e.outerHTML")
        assert wrong == []


SHIFTS = """
window.moved = 0;
new PerformanceObserver((list) => { for (const { value } of list.getEntries()) window.moved += value; })
  .observe({ type: "layout-shift", buffered: true });
"""


def test_nothing_moves_when_the_typefaces_come(chromium, address):
    with chromium.new_context(viewport=PHONE, reduced_motion="reduce") as context:
        page = context.new_page()
        page.add_init_script(SHIFTS)

        def late(route):
            time.sleep(1)
            route.continue_()

        page.route("**/fonts/*.woff2", late)
        page.goto(address + PAGES[1])
        page.evaluate("document.fonts.ready.then(() => null)")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate("window.moved") < 0.05
