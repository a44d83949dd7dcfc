"""What a page asks for until all of it stands there: bytes as they lie on the server, and as `gzip -9` sends them."""

import gzip
import re

import pytest
from test_pages import PAGES, settle

pytestmark = pytest.mark.pages

# Megabytes, for a page with equations and widgets.
RAW, COMPRESSED = 2.6, 0.7
APART = {  # what is counted for itself, by its place in the book
    "a trained model": "_static/models/",
    "plots": "_static/vendor/plotly/",
    "Jupyter's manager": "_static/vendor/widgets/",
}

FIGURE = re.compile(rb'<figure class="plot">.*?</figure>', re.DOTALL)


def weigh(chromium, address, page_name):
    """{path: (bytes, bytes compressed)} of what the page asked for, scrolled to its end."""
    with chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce") as context:
        page, answers = context.new_page(), []
        page.on("response", lambda answer: answers.append(answer))
        page.goto(address + page_name)
        settle(page)
        page.evaluate("document.fonts.ready.then(() => null)")
        bodies = {a.url.removeprefix(address).split("?")[0]: a.body() for a in answers if a.url.startswith("http")}
    bodies[APART["plots"] + "data"] = b"".join(FIGURE.findall(bodies[page_name]))
    bodies[page_name] = FIGURE.sub(b"", bodies[page_name])
    return {path: (len(body), len(gzip.compress(body, 9))) for path, body in bodies.items()}


def total(weights):
    """Megabytes and megabytes compressed."""
    return tuple(sum(column) / 1e6 for column in zip(*weights.values(), strict=True)) if weights else (0.0, 0.0)


@pytest.mark.parametrize("page_name", PAGES)
def test_a_page_is_light(chromium, address, page_name, last_lines):
    asked = weigh(chromium, address, page_name)
    apart = {name: {p: w for p, w in asked.items() if p.startswith(place)} for name, place in APART.items()}
    page = {path: w for path, w in asked.items() if not path.startswith(tuple(APART.values()))}
    raw, compressed = total(page)
    extra = "".join(f"; and {name} {r:.2f}, {c:.2f}" for name, w in apart.items() for r, c in [total(w)] if r)
    last_lines.append(f"weight of {page_name}: {raw:.2f} MB, compressed {compressed:.2f}{extra}")
    heaviest = sorted(((weight, path) for path, weight in page.items()), reverse=True)[:5]
    assert raw < RAW and compressed < COMPRESSED, heaviest


def test_the_icons_of_a_page_are_drawn_from_the_few_that_were_cut(chromium, address, built_book):
    style = (built_book / "_static/icons.css").read_text("utf-8")
    cut = {chr(int(code, 16)) for code in re.findall(r"U\+([0-9A-F]+)", style)}
    with chromium.new_context() as context:
        page, asked = context.new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address + PAGES[-1])
        settle(page)
        icons = page.locator("i[class*='fa-']").evaluate_all(
            "(icons) => icons.map((icon) => getComputedStyle(icon, '::before').content.replaceAll('\"', ''))"
        )
        page.evaluate("document.fonts.ready.then(() => null)")
        assert icons and set(icons) <= cut
        assert page.evaluate(
            "[...document.fonts].some(({ family, status }) => family.includes('Awesome') && status === 'loaded')"
        )
    assert any("/icons/fa-solid-900.woff" in url for url in asked)
    assert not [url for url in asked if "fontawesome" in url]


def test_an_icon_that_the_theme_does_not_have_stops_the_build(built_book, tmp_path):
    import icons

    (tmp_path / "_static").symlink_to(built_book / "_static")
    (tmp_path / "page.html").write_text('<i class="fas fa-lg fa-lightbulb"></i>')
    assert "\uf0eb" in icons.shown(tmp_path / "_static")
    (tmp_path / "page.html").write_text('<i class="fas fa-conveyor-belt-of-gold"></i>')
    with pytest.raises(ValueError, match="names that the theme knows, got fa-conveyor-belt-of-gold"):
        icons.shown(tmp_path / "_static")
