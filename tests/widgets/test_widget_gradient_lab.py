"""GradientLab: its curves are those of NumPy's cells, on the page too, and the reader moves all that they depend on."""

import shutil

import numpy as np
import pytest
from every_widget import link, small_networks
from widget_checks import cells

from lstm_edu import GRUCell, LSTMCell, SimpleRNNCell
from lstm_edu.learn import adam, fit, network, squared_error
from lstm_edu.tasks import marked_parcel
from lstm_edu.widgets import GradientLab

ALL = ("simple_rnn", "lstm", "gru")
BEYOND = ".lab-beyond:not([d=''])"  # a curve has the mark always; drawn where it leaves the axis


def lab(**arguments):
    return GradientLab(small_networks(), **arguments)


def settle(page):
    page.evaluate("(async () => { for (let k = 0; k < 3; k++) await new Promise(requestAnimationFrame); })()")


def shown(page):
    """{name of the curve: its values (T,), first step first} as the table behind "More" has them, two digits each."""
    details = page.locator(".belt-gradient-lab details")
    if not details.evaluate("element => element.open"):
        details.locator("summary").click()
    settle(page)
    names = page.locator(".lab-numbers thead th").all_inner_texts()[1:]
    rows = [[number(text) for text in row[1:]] for row in cells(page, ".lab-numbers")]
    return dict(zip(names, np.array(rows)[::-1].T, strict=True))


def number(text):
    return float(text.replace("\u2212", "-").replace("× ", ""))


NAMES = {
    "simple_rnn": "plain loop, dL/dh",
    "lstm": "LSTM, dL/dc",
    "belt": "along the belt alone",
    "detour": "through h and the gates",
    "gru": "GRU, dL/dh",
}


def same(page, widget):
    """The page's curves are NumPy's, to the two digits that are shown (one where there is a power of ten)."""
    found, expected = shown(page), widget.slopes()
    assert list(found) == [NAMES[name] for name in expected]
    for name, values in expected.items():
        assert found[NAMES[name]] == pytest.approx(values, rel=0.34, abs=1e-300)
        close = (values >= 0.001) & (values < 1000)
        assert found[NAMES[name]][close] == pytest.approx(values[close], rel=0.051)


def slider(page, name):
    return page.get_by_role("slider", name=name)


# --- Python -----------------------------------------------------------------------------------------------------------


def test_the_slopes_are_those_of_the_cells_own_way_back():
    nets = small_networks()["fresh"]
    widget = GradientLab({"fresh": nets}, show=ALL, steps=25)
    x = widget.inputs()
    assert x.shape == (1, 25, 3) and x[0, :, 1].argmax() == 0 and x[0, :, 2].argmax() == 24
    slopes = widget.slopes()
    for kind in ("simple_rnn", "gru"):
        trace = nets[kind].cell.run(x)
        d_h = nets[kind].dense.kernel.T.astype(float)
        h = np.linalg.norm(trace.backward(d_state=d_h).h[0], axis=1)
        assert slopes[kind] == pytest.approx(h / h[-1], rel=1e-10)
    assert all(values[-1] == pytest.approx(1) for name, values in slopes.items() if name != "detour")
    assert slopes["detour"][-1] == 0


def test_the_radius_is_the_plain_loops_and_its_factor_everybodys():
    widget = lab(radius=0.5)
    U = small_networks()["fresh"]["simple_rnn"].cell.recurrent_kernel
    assert widget.factor == pytest.approx(0.5 / np.abs(np.linalg.eigvals(U.astype(float))).max())
    before = lab()
    assert widget.slopes()["simple_rnn"][0] < 1e-3 * before.slopes()["simple_rnn"][0]
    assert widget.slopes()["detour"][0] < before.slopes()["detour"][0]


def test_the_clip_scales_all_slopes_of_a_cell_alike():
    widget = lab(clip=0.5)
    free, norms = lab().slopes(), lab().norms()
    assert norms["simple_rnn"] > 0.5
    clipped = widget.slopes()
    assert clipped["simple_rnn"] == pytest.approx(0.5 / norms["simple_rnn"] * free["simple_rnn"], rel=1e-12)
    assert lab(clip=100.0).slopes()["simple_rnn"] == pytest.approx(free["simple_rnn"], rel=1e-12)


def test_the_norm_is_that_of_the_networks_own_way_back():
    net = small_networks()["fresh"]["simple_rnn"]
    widget = GradientLab({"fresh": {"simple_rnn": net}}, show=("simple_rnn",), steps=12)
    forward = net.forward(widget.inputs())
    scale = 1 / np.linalg.norm(net.dense.kernel)
    slopes = forward.backward(np.array([[scale]])).values()
    assert widget.norms()["simple_rnn"] == pytest.approx(np.sqrt(sum((one**2).sum() for one in slopes)), rel=1e-5)


def test_a_trained_network_is_another():
    rng = np.random.default_rng(0)
    net = network(LSTMCell, 8, rng, input_size=3)
    fit(net, lambda rng: [marked_parcel(32, (1, 5), rng) for _ in range(20)], squared_error, adam, learning_rate=0.01)
    both = {"fresh": small_networks()["fresh"], "parcel": {"lstm": net}}
    fresh, trained = (GradientLab(both, weights=name) for name in both)
    assert list(trained.slopes()) == ["lstm", "belt", "detour"] and list(fresh.slopes())[0] == "simple_rnn"
    assert not np.allclose(fresh.slopes()["lstm"], trained.slopes()["lstm"])


# --- the page ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"show": ALL, "steps": 100, "radius": 1.4},
        {"show": ("simple_rnn",), "activation": "relu", "radius": 1.2, "steps": 20},
        {"show": ("simple_rnn",), "activation": "linear", "radius": 2.0, "clip": 0.1},
        {"forget_bias": 4.5, "at": 11, "example": 7},
    ],
)
def test_the_page_shows_numpys_slopes(widget_page, arguments):
    widget = lab(**arguments)
    page = widget_page(widget)
    same(page, widget)
    assert page.wrong == []


def test_every_control_moves_the_curves(widget_page):
    page = widget_page(lab(show=ALL))
    slider(page, "radius of U").focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    slider(page, "forget bias").focus()
    page.keyboard.press("End")
    slider(page, "length").focus()
    page.keyboard.press("ArrowLeft")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("combobox", name="activation").select_option("linear")
    slider(page, "clip at").focus()
    page.keyboard.press("ArrowLeft")
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
    settle(page)
    radius = round(lab().radii["fresh"] / 0.05) * 0.05 + 0.2
    same(page, lab(show=ALL, radius=radius, forget_bias=5.0, steps=29, activation="linear", clip=1.0))
    assert "multiplied by 1.20" in page.locator(".lab-controls .lab-note").first.inner_text()
    assert "half is left after" in page.locator(".belt-spoken").inner_text()


def test_what_is_not_shown_has_no_controls(widget_page):
    page = widget_page(lab(show=("simple_rnn",)))
    assert page.get_by_role("slider").evaluate_all(
        "(all) => all.map((one) => one.closest('label').innerText.split('\\n')[0])"
    ) == [
        "radius of U",
        "length",
        "clip at",
    ]
    assert page.get_by_role("combobox", name="activation").is_visible()
    assert page.get_by_role("combobox", name="weights").count() == 0
    plain = GradientLab({"mine": {"lstm": small_networks()["fresh"]["lstm"]}}, show=("lstm",))
    page = widget_page(plain)
    assert page.get_by_role("slider", name="radius of U").count() == 0 and plain.factor == 1


def test_a_step_becomes_the_end_by_key_by_click_and_under_the_mouse(widget_page):
    page = widget_page(lab(steps=20))
    bell = page.get_by_role("button", name="step 19 of 19, asked here")
    bell.focus()
    two_keys = """() => {
        const press = () => new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true });
        document.activeElement.dispatchEvent(press());
        document.activeElement.dispatchEvent(press());
    }"""
    page.evaluate(two_keys)  # within one frame, as where the machine is slow
    settle(page)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("step 17 of 19, asked here")
    same(page, lab(steps=20, at=17))
    page.locator(".lab-chip[aria-current]").focus()
    page.keyboard.press("Home")
    settle(page)
    same(page, lab(steps=20, at=0))
    page.locator(".lab-chip").nth(5).click()
    settle(page)
    same(page, lab(steps=20, at=5))
    page.locator(".lab-chip").nth(9).hover()
    settle(page)
    same(page, lab(steps=20, at=9))
    page.mouse.move(5, 5)
    settle(page)
    same(page, lab(steps=20, at=5))


def test_the_picture_says_the_numbers_of_the_step_under_the_mouse(widget_page):
    widget = lab(steps=10)
    page = widget_page(widget)
    box = page.locator(".lab-picture").bounding_box()
    column = (box["width"] - 52 - 10) / 10
    page.mouse.move(box["x"] + 52 + 6.5 * column, box["y"] + 100)
    settle(page)
    assert "left 3 steps before" in page.locator(".lab-figures thead").inner_text()
    first = page.locator(".lab-figures tbody tr").first.locator("td").nth(1).inner_text()
    assert number(first) == pytest.approx(widget.slopes()["simple_rnn"][6], rel=0.051)


def test_what_leaves_the_axis_is_marked_and_the_axis_ends(widget_page):
    page = widget_page(lab(show=("simple_rnn",), activation="linear", radius=2.0, steps=100))
    assert page.locator(BEYOND).count() == 1  # 2 to the power of 99 is 6e29, the axis ends at 1e8
    assert "1e8" in page.locator(".lab-ticks").text_content()
    assert "NaN" not in page.locator(".lab-picture").inner_html()
    assert "Infinity" not in page.locator(".lab-picture").inner_html()
    page = widget_page(lab(show=("simple_rnn",), radius=0.05, steps=100))
    assert page.locator(BEYOND).count() == 1 and "1e−12" in page.locator(".lab-ticks").text_content()
    page.get_by_text("More", exact=True).click()
    page.get_by_role("checkbox", name="ordinary axis").check()
    settle(page)
    assert page.locator(BEYOND).count() == 0


def test_no_number_is_said_and_not_drawn(widget_page):
    """An LSTM whose output gate is shut for good: no slope comes in at all."""
    H = 2
    bias = np.repeat([0.0, 1.0, 0.0, -800.0], H)
    shut = LSTMCell(np.zeros((3, 4 * H)), np.zeros((H, 4 * H)), bias)
    net = type(small_networks()["fresh"]["lstm"])(None, shut, small_dense(H))
    page = widget_page(GradientLab({"shut": {"lstm": net}}, show=("lstm",)))
    assert "no number" in page.locator(".lab-figures").inner_text()
    assert "NaN" not in page.locator(".lab-picture").inner_html() and page.wrong == []


def small_dense(H):
    from lstm_edu.network import Dense

    return Dense(np.ones((H, 1)))


@pytest.fixture
def with_models(widget_page, models, tmp_path):
    """A page beside which the trained models stand."""

    def open_page(widget, **options):
        target = tmp_path / "_static" / "models"
        if not target.exists():
            shutil.copytree(models, target)
        return widget_page(widget, **options)

    return open_page


def test_the_shipped_network_comes_when_it_is_asked_for(with_models):
    nets = small_networks() | {"imdb": {"lstm": "lstm_32"}}
    page = with_models(GradientLab(nets))
    assert not any("lstm_32.js" in url for url in page.asked)
    page.get_by_role("combobox", name="weights").select_option("imdb")
    page.wait_for_function("document.querySelector('.belt-body').dataset.model === 'ready'")
    settle(page)
    same(page, GradientLab(nets, weights="imdb"))
    assert page.locator(".lab-chip").first.inner_text().startswith("start")
    assert page.get_by_role("slider", name="radius of U").count() == 0
    page.get_by_role("combobox", name="review").select_option(label="Praise in negations")
    page.locator(".lab-chip").nth(6).click()
    slider(page, "forget bias").focus()
    page.keyboard.press("End")
    settle(page)
    text = next(one["text"] for one in GradientLab(nets).reviews if one["name"] == "Praise in negations")
    same(page, GradientLab(nets, weights="imdb", text=text, at=6, forget_bias=5.0))
    assert page.wrong == []


def test_where_the_model_cannot_be_loaded_it_is_said(widget_page):
    page = widget_page(GradientLab({"imdb": {"lstm": "lstm_32"}}, show=("lstm",)))
    page.get_by_text("The trained model could not be loaded.").wait_for()


def test_a_link_keeps_what_is_off_and_what_is_a_networks_own(widget_page):
    page = widget_page(lab(), hash=link("gradient-lab", {"radius": "null", "clip": "null", "at": "null"}))
    same(page, lab())


def test_python_answers_a_page_that_asks_for_the_model():
    widget = GradientLab({"imdb": {"lstm": "lstm_32"}}, show=("lstm",))
    sent = []
    widget.send = lambda content, *_: sent.append(content)
    widget._answer(None, {"want": "pack", "name": "lstm_32-seed2"}, None)
    assert sent == []
    widget._answer(None, {"want": "pack", "name": "lstm_32"}, None)
    assert sent[0]["pack"]["name"] == "lstm_32" and sent[0]["pack"]["words"].startswith("the ")


@pytest.mark.parametrize("cell", [SimpleRNNCell, LSTMCell, GRUCell])
def test_a_network_of_32_units_weighs_little(cell):
    net = network(cell, 32, np.random.default_rng(0), input_size=3)
    kind = next(kind for kind, one in zip(ALL, (SimpleRNNCell, LSTMCell, GRUCell), strict=True) if one is cell)
    state = GradientLab({"fresh": {kind: net}}, show=(kind,)).networks["fresh"][kind]
    assert sum(len(part["data"]) for part in state.values() if isinstance(part, dict) and "data" in part) < 26_000
