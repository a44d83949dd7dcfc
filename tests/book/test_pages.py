"""The built pages in a real browser: nothing asked of another host, nothing in the console, everything within reach."""

import functools
import json
import posixpath
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
import yaml
from bs4 import BeautifulSoup
from widget_checks import overflow, violations

pytestmark = pytest.mark.pages

ROOT = Path(__file__).resolve().parents[2]
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
READING_ORDER = [TOC["root"], *(chapter["file"] for chapter in TOC["chapters"])]
PAGES = [f"{name}.html" for name in READING_ORDER]
CHAPTERS = [page for page in PAGES if page.startswith("notebooks/")]
# Those of the longer lists stand behind those of the shorter ones: by its place in the list pytest sees that it is the
# same page, and keeps it open for the next test.
BOOK = [*CHAPTERS, *(page for page in PAGES if page not in CHAPTERS)]
EVERY_PAGE = [*BOOK, "index.html", "genindex.html", "search.html"]

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 800}


@contextmanager
def opened(chromium, url, **options):
    """A page at `url` in a fresh profile, and the list of all that went wrong there."""
    # with reduced motion the pages do not fade: what is looked at is all there
    context = chromium.new_context(**{"viewport": WIDE, "reduced_motion": "reduce", **options})
    page = context.new_page()
    base = url[: url.index("/", 8) + 1] if url.startswith("http") else "file:///"
    wrong = []
    page.on("console", lambda m: wrong.append(f"console: {m.text}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    page.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
    page.on("response", lambda r: wrong.append(f"{r.status}: {r.url}") if r.status >= 400 else None)
    context.on(
        "request",
        lambda r: wrong.append(f"foreign: {r.url}") if not r.url.startswith((base, "data:", "blob:")) else None,
    )
    page.goto(url)
    if url.endswith("/index.html") and not url.endswith(PAGES[0]):
        page.wait_for_url(f"**/{PAGES[0]}")  # the front door leads on
    if options.get("java_script_enabled", True):
        settle(page)
    yield page, wrong
    assert context.cookies() == []
    context.close()


def settle(page):
    """Wait until the page's widgets live, and each figure, scrolled to, is drawn; what a guess folds is opened."""
    if page.locator("script[src*='/widgets.js']").count():
        page.wait_for_function("document.documentElement.dataset.widgets === 'ready'")
    page.evaluate("document.querySelectorAll('.fold-open').forEach((button) => button.click())")
    for figure in page.locator("figure.plot").all():
        if figure.is_visible():
            figure.scroll_into_view_if_needed()
            figure.locator("svg.main-svg").first.wait_for()
    page.wait_for_function("!document.querySelector('figure.plot[data-state=drawing]')")
    page.wait_for_load_state("load")


def open_everything(page):
    """Open every closed answer and table."""
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    page.evaluate("[...document.querySelectorAll('.toggle-hidden .toggle-button')].forEach((button) => button.click())")
    page.wait_for_function("!document.querySelector('.toggle-hidden')")
    page.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))")
    settle(page)


# --- each page, opened once for all the tests that look at it in one way ----------------------------------------------


@pytest.fixture(scope="module")
def served(request, chromium, address):
    """A page as most readers have it, wide and light, and the list of what went wrong there."""
    with opened(chromium, address + request.param, color_scheme="light") as found:
        yield found


@pytest.fixture(scope="module")
def at_night(request, chromium, address):
    """A page dark and on a small telephone, and the list of what went wrong there."""
    with opened(chromium, address + request.param, color_scheme="dark", viewport=NARROW) as found:
        yield found


@pytest.fixture(scope="module")
def without_scripts(request, chromium, address):
    """A page on a small telephone where no script runs."""
    with opened(chromium, address + request.param, java_script_enabled=False, viewport=NARROW) as (page, _):
        yield page


def each(fixture, pages):
    """Runs a test on each of these pages, as the fixture opens it."""
    return pytest.mark.parametrize(fixture, pages, indirect=True)


@pytest.mark.parametrize("page_name", EVERY_PAGE)
def test_a_page_opened_as_a_file_is_whole_and_asks_no_other_host(chromium, built_book, page_name):
    with opened(chromium, (built_book / page_name).as_uri()) as (page, wrong):
        assert wrong == []
        is_whole(page, Path(url2pathname(urlsplit(page.url).path)))  # where the front door led


@each("served", EVERY_PAGE)
def test_a_page_is_whole_and_asks_no_other_host(served, built_book, address):
    page, wrong = served
    assert wrong == []
    is_whole(page, built_book / page.url.removeprefix(address))


def is_whole(page, path):
    """Every figure that the page's source has is drawn, every widget alive."""
    source = path.read_text("utf-8")
    assert page.locator("figure.plot[data-state=drawn]").count() == source.count('<figure class="plot">')
    assert page.locator(".belt-place[data-state=live]").count() == source.count('<div class="belt-place"')


@each("served", BOOK)
def test_printed_a_widget_is_what_is_seen_without_its_buttons(served):
    page, _ = served
    page.emulate_media(media="print")
    for place in page.locator(".belt-place").all():
        assert place.locator(".belt-body").is_visible() and not place.locator(".belt-still").is_visible()
        # but the words of a review, which are buttons too
        assert not place.locator("button:visible:not(.review-chips *, .lab-chips *), .belt-foot:visible").count()
    page.emulate_media(media="screen")


@each("served", CHAPTERS)
def test_a_chapter_is_there_for_download(served, address):
    page, _ = served
    notebook = (ROOT / page.url.removeprefix(address)).with_suffix(".ipynb")
    page.locator(".dropdown-download-buttons > button").click()
    with page.expect_download() as download:
        page.locator("a.btn-download-source-button").click()
    page.locator(".dropdown-download-buttons > button").click()  # closed again
    assert Path(download.value.path()).read_bytes() == notebook.read_bytes()


DRAWN = "(figure) => figure.querySelector('svg.main-svg').innerHTML"
CHANGED = "([figure, before]) => figure.querySelector('svg.main-svg').innerHTML !== before"


@each("served", CHAPTERS)
def test_a_slider_moves_by_keyboard_and_the_figure_with_it(served):
    page, wrong = served
    for slider in page.locator(".plot-slider input").all():
        figure = slider.locator("xpath=ancestor::figure[1]")
        output = figure.locator(".plot-slider output").first
        last = int(slider.get_attribute("max"))
        slider.focus()
        for key, value in (("Home", 0), ("ArrowRight", 1), ("End", last), ("ArrowLeft", last - 1)):
            if int(slider.input_value()) == value:
                continue  # it is there already
            before, said = figure.evaluate(DRAWN), output.text_content()
            page.keyboard.press(key)
            assert int(slider.input_value()) == value
            assert output.text_content() == slider.get_attribute("aria-valuetext") != said
            page.wait_for_function(CHANGED, arg=[figure.element_handle(), before])
    assert wrong == []


@each("served", EVERY_PAGE)
def test_code_is_not_cut_off_beside_the_sidebars(served):
    page, _ = served
    open_everything(page)
    blocks = page.locator("div.highlight pre").all()
    cut = [block.inner_text() for block in blocks if block.evaluate("b => b.scrollWidth > b.clientWidth + 1")]
    assert cut == []


@each("served", EVERY_PAGE)
def test_axe_finds_nothing(served):
    page, wrong = served
    open_everything(page)
    assert violations(page) == [] and wrong == []


@each("at_night", EVERY_PAGE)
def test_a_narrow_page_does_not_scroll_sideways(at_night):
    page, _ = at_night
    open_everything(page)
    assert overflow(page) <= 0


@each("at_night", EVERY_PAGE)
def test_on_a_narrow_page_no_code_and_no_printed_line_runs_out_of_sight(at_night):
    blocks = at_night[0].locator(".bd-content :is(div.highlight, .cell_output) pre").all()
    assert [block.inner_text() for block in blocks if block.evaluate("b => b.scrollWidth > b.clientWidth + 1")] == []


@each("at_night", CHAPTERS)
def test_no_figure_is_left_in_the_ink_of_the_light_theme(at_night):
    ink = rgb(json.loads((ROOT / "lstm_edu/drawing/colours.json").read_text())["themes"]["light"]["ink"])
    for figure in at_night[0].locator("figure.plot").all():
        inks = figure.evaluate("(f) => [...f.querySelectorAll('svg text')].map((t) => getComputedStyle(t).fill)")
        assert inks and ink not in inks, figure.get_attribute("id")


def rgb(colour):
    """#222832 as a browser writes it."""
    return f"rgb({', '.join(str(int(colour[k : k + 2], 16)) for k in (1, 3, 5))})"


@each("at_night", EVERY_PAGE)
def test_axe_finds_nothing_in_the_dark(at_night):
    page, wrong = at_night  # the same page in other colours
    page.set_viewport_size(WIDE)  # with the sidebars; so this comes last
    open_everything(page)
    assert violations(page) == [] and wrong == []


@each("without_scripts", BOOK)
def test_without_scripts_a_widget_is_a_picture_and_a_table(without_scripts):
    for still in without_scripts.locator(".belt-still").all():
        assert still.inner_text().strip()
        for summary in still.locator("summary").all():
            summary.click()
        # a question has neither: it stands there as it is asked
        for part in still.locator("svg, table").all():
            assert part.is_visible()
    assert overflow(without_scripts) <= 0


@each("without_scripts", CHAPTERS)
def test_without_scripts_the_numbers_of_a_figure_stand_there(without_scripts):
    for figure in without_scripts.locator("figure.plot").all():
        figure.locator("summary").click()
        assert figure.locator("table tbody tr").first.is_visible()
        assert not figure.locator(".plot-area").is_visible()


# --- what is done on a page -------------------------------------------------------------------------------------------


def with_a_slider(built_book):
    """A chapter that has a figure with a slider."""
    return next(page for page in CHAPTERS if '"sliders":[{' in (built_book / page).read_text("utf-8"))


def test_figures_follow_the_theme_and_keep_their_slider(chromium, built_book, address):
    with opened(chromium, address + with_a_slider(built_book), color_scheme="light") as (page, wrong):
        figure = page.locator("figure.plot:has(.plot-slider)").first
        slider = figure.locator("input")
        slider.focus()
        page.keyboard.press("End")
        color = "(figure) => getComputedStyle(figure.querySelector('.xtick text')).fill"
        light = figure.evaluate(color)
        while page.evaluate("document.documentElement.dataset.theme") != "dark":
            page.locator(".article-header-buttons .theme-switch-button").click()
        page.wait_for_function("(figure) => figure.dataset.theme === 'dark'", arg=figure.element_handle())
        assert figure.evaluate(color) != light
        area = figure.locator(".plot-area")
        ground, ink = area.evaluate("({ _fullLayout: { hoverlabel } }) => [hoverlabel.bgcolor, hoverlabel.font.color]")
        themes = json.loads((ROOT / "lstm_edu/drawing/colours.json").read_text())["themes"]
        assert (ground, ink) == (themes["dark"]["surface"], themes["dark"]["ink"])
        assert slider.input_value() == slider.get_attribute("max")
        assert wrong == []


@pytest.mark.parametrize("protocol", ["http", "file"])
def test_search_finds_a_word(chromium, built_book, address, protocol):
    base = address if protocol == "http" else built_book.as_uri() + "/"
    with opened(chromium, base + "search.html?q=pseudocode") as (page, wrong):
        page.locator("#search-results li a").first.wait_for()
        hrefs = [a.get_attribute("href") for a in page.locator("#search-results li a").all()]
        assert any("notebooks/" in href for href in hrefs)
        page.wait_for_load_state("networkidle")  # the pages that it shows a sentence of have come
        page.locator("#search-results li a").first.click()
        page.wait_for_url(lambda url: "search.html" not in url)
        settle(page)
        assert wrong == []


def test_a_misspelt_lstm_is_found(chromium, address):
    with opened(chromium, address + "search.html?q=LTSM") as (page, _):
        page.locator("#search-results li a").first.wait_for()
        hrefs = [a.get_attribute("href") for a in page.locator("#search-results li a").all()]
        assert any(href.startswith("book/glossary.html") for href in hrefs)


def test_next_leads_through_the_book_in_order_and_previous_back(built_book):
    def leads(page_name, link):
        href = soup(built_book / page_name).select_one(f"a.{link}")
        return href and posixpath.normpath(posixpath.join(posixpath.dirname(page_name), href["href"]))

    assert [leads(page_name, "right-next") for page_name in PAGES] == [*PAGES[1:], None]
    assert [leads(page_name, "left-prev") for page_name in PAGES] == [None, *PAGES[:-1]]


def test_the_status_page_has_its_tables(built_book):
    tables = soup(built_book / "book/status.html").select("table")
    assert len(tables) == 4  # agreement, versions, run times, rows of the sources


@functools.cache
def soup(path):
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def test_pages_carry_titles_and_no_numbers(built_book):
    for page_name in PAGES:
        assert '<span class="section-number">' not in (built_book / page_name).read_text("utf-8"), page_name
