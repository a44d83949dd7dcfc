"""What every widget of the book keeps to, whatever it shows: a row for each class in every_widget.py."""

import inspect
import json
from urllib.parse import parse_qsl

import pytest
import traitlets
from every_widget import WIDGETS, link
from widget_checks import overflow, violations

from lstm_edu import widgets
from lstm_edu.widgets.base import Widget

pytestmark = pytest.mark.pages


def of_each_row(field, *arguments):
    """A case for each entry of a list in each row."""
    cases = [
        (name, *(entry if isinstance(entry, tuple) else [entry]))
        for name in WIDGETS
        for entry in getattr(WIDGETS[name], field)
    ]
    return pytest.mark.parametrize(("name", *arguments), cases)


each = pytest.mark.parametrize("name", WIDGETS)


@pytest.fixture
def opened(request):
    """opened(name, *widgets, **options): a page that shows them; with the trained model where they need it."""

    def open_page(name, *widgets, **options):
        return request.getfixturevalue("explorer" if WIDGETS[name].models else "widget_page")(*widgets, **options)

    return open_page


def kind(name):
    """BeltPulse -> belt-pulse: in links and classes."""
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)[1:]


def quiet(page):
    """Nothing in the console, and nobody else asked."""
    assert page.wrong == []
    assert [url for url in page.asked if not url.startswith(("file:", "data:", "blob:"))] == []


def settle(page):
    """Three frames on: what was asked for is drawn."""
    page.evaluate("(async () => { for (let k = 0; k < 3; k++) await new Promise(requestAnimationFrame); })()")


STATE = """(widget) => JSON.stringify([
    widget.querySelector(".belt-body").innerText,
    ...[...widget.querySelectorAll("input:not(.belt-link), select, textarea")]
        .filter((field) => field.checkVisibility())
        .map(({ type, value, checked }) => [type, value, checked]),
])"""


def states(page):
    """What each widget on the page shows and holds."""
    settle(page)
    return page.locator(".belt-widget").evaluate_all(f"(all) => all.map({STATE})")


def press(page, name, nth=0):
    """The key of a widget's row, on its control."""
    role, label, key = WIDGETS[name].key
    control = page.locator(".belt-widget").nth(nth).get_by_role(role, **({"name": label} if label else {})).first
    control.focus()
    page.keyboard.press(key)
    settle(page)
    assert control.evaluate("(control) => control === document.activeElement"), "the focus stays"


def test_every_class_has_a_row():
    classes = {name for name, one in inspect.getmembers(widgets, inspect.isclass) if issubclass(one, Widget)}
    assert classes == set(WIDGETS)
    assert all(type(row.make()).__name__ == type(row.other()).__name__ == name for name, row in WIDGETS.items())


@each
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_and_a_narrow_page_does_not_scroll(opened, name, theme):
    row = WIDGETS[name]
    page = opened(name, row.make(), row.other(), theme=theme, width=320)
    row.prepare(page)
    page.locator("details").evaluate_all("(all) => all.forEach((details) => (details.open = true))")
    settle(page)
    assert violations(page) == [] and overflow(page) <= 0
    quiet(page)


@each
def test_it_moves_by_keyboard_and_two_on_a_page_do_not_meet(opened, name):
    row = WIDGETS[name]
    page = opened(name, row.make(), row.make())
    (alone,) = states(opened(name, row.make()))
    first, second = states(page)
    assert json.loads(first)[1:] == json.loads(second)[1:] == json.loads(alone)[1:], "none takes the other's choice"
    press(page, name, nth=1)
    now, moved = states(page)
    assert now == first and moved != second
    ids = page.locator("[id]").evaluate_all("(found) => found.map(({ id }) => id)")
    assert len(ids) == len(set(ids))
    quiet(page)


@each
def test_without_scripts_its_picture_and_table_stand_there(opened, name):
    row = WIDGETS[name]
    page = opened(name, row.make(), java_script_enabled=False)
    still = page.locator(".belt-still")
    still.locator("summary").evaluate_all("(all) => all.forEach((summary) => (summary.parentNode.open = true))")
    assert {part: still.locator(part).count() for part in row.still} == row.still
    assert all(part.is_visible() for part in still.locator("svg, table").all())
    assert page.locator(".belt-widget").count() == 0


@pytest.mark.parametrize("name", [name for name, row in WIDGETS.items() if row.old_link])
def test_an_old_link_shows_its_state_and_the_link_to_it_is_the_same(opened, name):
    row = WIDGETS[name]
    page = opened(name, row.make(), row.make(), hash=link(kind(name), row.old_link))
    for selector, text in row.old_state.items():
        assert text in page.locator(".belt-widget").first.locator(selector).first.text_content()
    plain = opened(name, row.make(), row.make())
    assert states(page)[1] == states(plain)[1], "the second of its kind is not meant"
    page.get_by_role("button", name="Link to this state").first.click()
    page.locator(".belt-link").wait_for()
    said = dict(parse_qsl(page.url.split("#belt?")[1]))
    assert said == {f"{kind(name)}.{trait}": text for trait, text in row.old_link.items()}
    page.get_by_role("button", name="Start again").first.click()
    page.wait_for_function("location.hash === ''")
    assert states(page)[0] == states(plain)[0]
    quiet(page)


@of_each_row("lies", "traits")
def test_a_link_that_was_cut_or_made_up_breaks_nothing(opened, name, traits):
    row = WIDGETS[name]
    page = opened(name, row.make(), hash=link(kind(name), traits))
    plain = opened(name, row.make())
    settle(plain), settle(page)
    main = f".belt-widget {row.main} >> nth=0"
    assert page.locator(main).text_content() == plain.locator(main).text_content()
    press(page, name)
    quiet(page)


@each
def test_a_link_that_says_nothing_changes_nothing(opened, name):
    row = WIDGETS[name]
    there = states(opened(name, row.make()))
    for end in ("#belt?", f"#belt?{kind(name)}.unknown=3&other.f=2", "#belt?%E0%A4%A=1", "#elsewhere"):
        assert states(opened(name, row.make(), hash=end)) == there


@of_each_row("refused", "arguments", "error", "message")
def test_what_does_not_fit_is_refused(name, arguments, error, message):
    with pytest.raises(error) as caught:
        WIDGETS[name].make(**arguments)
    assert str(caught.value) == message or (name == "ReviewExplorer" and str(caught.value).startswith(message))


@of_each_row("refused_later", "trait", "value", "message")
def test_what_is_set_later_is_checked_as_well(name, trait, value, message):
    widget = WIDGETS[name].make()
    before = getattr(widget, trait)
    with pytest.raises((TypeError, ValueError, traitlets.TraitError)) as caught:
        setattr(widget, trait, value)
    assert message is None or str(caught.value).startswith(message)
    assert getattr(widget, trait) == before
