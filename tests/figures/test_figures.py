"""Figures: how they look and stand in a page, their tables and text alternatives, and the figures of cells and runs."""

import html.parser
import json
import re
import subprocess
import sys
from types import ModuleType, SimpleNamespace

import numpy as np
import plotly.graph_objects as go
import pytest

from lstm_edu import LSTMCell, drawing, figures, imdb
from lstm_edu.figures import table
from lstm_edu.figures.page import page_html
from lstm_edu.figures.style import dark_colours


def html_of(figure):
    return page_html(figure.to_dict())


def payload(figure):
    """What the page's script reads."""
    text = re.search(r'<script type="application/json">(.*?)</script>', html_of(figure), re.S)[1]
    return json.loads(text)


def cells(page):
    """The cells of each table in `page`, row by row."""
    tables = []

    class Reader(html.parser.HTMLParser):
        inside = False

        def handle_starttag(self, tag, attributes):
            if tag == "table":
                tables.append([])
            elif tag == "tr":
                tables[-1].append([])
            elif tag in ("td", "th"):
                tables[-1][-1].append("")
                self.inside = True

        def handle_endtag(self, tag):
            if tag in ("td", "th"):
                self.inside = False

        def handle_data(self, data):
            if self.inside:
                tables[-1][-1][-1] += data

    Reader().feed(page)
    return tables


@pytest.fixture
def trace():
    rng = np.random.default_rng(0)
    cell = LSTMCell(rng.normal(size=(3, 8)), rng.normal(size=(2, 8)), rng.normal(size=8))
    mask = np.array([[False, True, True, True, True], [True, True, True, True, False]])
    return cell.run(rng.normal(size=(2, 5, 3)), mask=mask)


# --- in a page --------------------------------------------------------------------------------------


def test_a_figure_has_a_name_its_numbers_and_no_script_that_runs():
    figure = go.Figure(go.Scatter(x=[0, 1], y=[2.5, 3.5], name="a"), layout={"title": "Two numbers"})
    page = html_of(figure)
    assert '<figcaption>Two numbers</figcaption><div class="plot-area" role="group" aria-label="Two numbers"' in page
    assert re.findall(r"<script[^>]*>", page) == ['<script type="application/json">']
    assert cells(page) == [[["position", "a"], ["0", "2.5"], ["1", "3.5"]]]


def test_the_text_alternative_is_the_name_where_there_is_one():
    figure = figures.describe(go.Figure(go.Bar(y=[1]), layout={"title": "A bar"}), "One bar\n of height 1.")
    assert 'aria-label="One bar of height 1."' in html_of(figure)


def test_a_figure_nobody_could_name_is_refused():
    with pytest.raises(ValueError, match="title, or describe"):
        html_of(go.Figure(go.Scatter(y=[1])))
    with pytest.raises(ValueError, match="alt: expected a sentence"):
        figures.describe(go.Figure(), "  ")


def test_menus_and_unknown_traces_are_refused():
    with pytest.raises(ValueError, match="updatemenus"):
        html_of(go.Figure(go.Bar(y=[1]), layout={"title": "t", "updatemenus": [{"buttons": [{"label": "b"}]}]}))
    with pytest.raises(ValueError, match="scatter, bar or heatmap, got 'pie'"):
        html_of(go.Figure(go.Pie(values=[1]), layout={"title": "t"}))


NASTY = '</script><script>alert(1)</script><img src=x onerror=alert(1)> & "quoted"'


def test_a_readers_words_stay_words():
    figure = go.Figure(go.Scatter(x=[0], y=[1], name=figures.plain(NASTY)), layout={"title": figures.plain(NASTY)})
    figure.update_xaxes(tickvals=[0], ticktext=[figures.plain(NASTY)])
    page = html_of(figure)
    assert page.count("<script") == page.count("</script>") == 1 and "<img" not in page
    assert cells(page)[0][1][0] == f"0: {' '.join(NASTY.split())}"
    assert NASTY in html.unescape(re.search(r"<figcaption>(.*?)</figcaption>", page)[1])


def test_the_page_has_the_numbers_of_numpy_arrays_in_full():
    y = np.random.default_rng(1).normal(size=7)
    figure = go.Figure(go.Scatter(y=y), layout={"title": "t"})
    assert table.values(payload(figure)["data"][0]["y"]) == y.tolist()


def test_a_heat_map_becomes_a_table_of_its_own():
    figure = go.Figure(go.Heatmap(z=np.array([[1.5, -2], [0, np.nan]])), layout={"title": "t"})
    figure.update_yaxes(title_text="unit", tickvals=[0, 1], ticktext=["first", "second"])
    assert cells(html_of(figure)) == [
        [["unit / column", "0", "1"], ["0: first", "1.5", "\N{MINUS SIGN}2"], ["1: second", "0", "\N{EN DASH}"]]
    ]


def test_traces_over_the_same_positions_share_a_table_and_others_have_their_own():
    figure = go.Figure([go.Scatter(y=[1, 2], name="a"), go.Scatter(y=[3, 4], name="b"), go.Bar(y=[5], name="c")])
    figure.update_layout(title="t", xaxis_title="step")
    assert cells(html_of(figure)) == [
        [["step", "a", "b"], ["0", "1", "3"], ["1", "2", "4"]],
        [["step", "c"], ["0", "5"]],
    ]


def test_a_long_table_is_thinned_and_says_so():
    figure = go.Figure(go.Scatter(y=np.arange(1000)), layout={"title": "t"})
    page = html_of(figure)
    rows = cells(page)[0][1:]
    assert len(rows) == table.ROWS and rows[0] == ["0", "0"] and rows[-1] == ["999", "999"]
    assert f"{table.ROWS} of 1000 rows" in page
    assert "Shown here" not in html_of(go.Figure(go.Scatter(y=np.arange(table.ROWS)), layout={"title": "t"}))


def test_a_dark_page_has_a_colour_for_each_of_the_light_theme():
    themes = drawing.colours()["themes"]
    assert {dark_colours()[themes["light"][name]] for name in themes["light"]} == set(themes["dark"].values())
    assert payload(figures.activations())["dark"] == dark_colours()


def test_importing_changes_nothing_of_plotlys_own():
    code = "import plotly.io as p; a = repr(p.templates) + repr(p.renderers); import lstm_edu.figures; "
    code += "lstm_edu.figures.activations(); assert a == repr(p.templates) + repr(p.renderers)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_notebook_shows_a_figure_as_the_book_does_and_plotlys_own_form_beside_it():
    from IPython.core.formatters import DisplayFormatter

    shown, _ = DisplayFormatter().format(figures.activations())
    assert set(shown) == {"application/vnd.plotly.v1+json", "text/html", "text/plain"}
    assert shown["text/html"] == html_of(figures.activations())
    assert shown["text/plain"] == "Sigmoid, tanh and their slopes"


def test_colab_shows_a_figure_in_its_own_way(monkeypatch):
    monkeypatch.setitem(sys.modules, "google.colab", ModuleType("google.colab"))
    bundle = figures.activations()._repr_mimebundle_()
    assert bundle == go.Figure(figures.activations())._repr_mimebundle_()


def test_a_figure_of_ones_own_takes_the_style_of_the_book():
    figure = figures.describe(go.Figure(go.Bar(y=[1]), layout={"title": "A bar"}), "One bar.")
    assert isinstance(figure, figures.Figure) and figure.layout.dragmode is None
    assert figure.layout.template == figures.activations().layout.template
    assert "One bar." in figure._repr_mimebundle_()["text/html"]


# --- figures of a cell ------------------------------------------------------------------------------


def lines_of(figure):
    return {trace.name: np.asarray(trace.y, float) for trace in figure.data}


def test_gates_draws_what_the_trace_holds(trace):
    figure = figures.gates(trace, sample=1, unit=1)
    drawn = lines_of(figure)
    assert list(drawn) == [
        "f forget gate",
        "i input gate",
        "g candidate",
        "o output gate",
        "c belt",
        "h output",
    ]
    for name, y in drawn.items():
        assert np.array_equal(y, getattr(trace, name[0])[1, :, 1])
    assert [trace.line.color for trace in figure.data] == [figures.role(part) for part in "figoch"]
    assert "steps 4." in figure.layout.meta["alt"]
    assert {(shape.x0, shape.x1) for shape in figure.layout.shapes} == {(3.5, 4.5)}


def test_gates_puts_a_run_backwards_into_time_order():
    rng = np.random.default_rng(2)
    cell = LSTMCell(rng.normal(size=(3, 8)), rng.normal(size=(2, 8)))
    x, mask = rng.normal(size=(1, 4, 3)), np.array([[False, True, True, True]])
    backwards = cell.run(x, mask=mask, go_backwards=True)
    drawn = lines_of(figures.gates(backwards))
    assert np.array_equal(drawn["f forget gate"], backwards.f[0, ::-1, 0])
    assert {(s.x0, s.x1) for s in figures.gates(backwards).layout.shapes} == {(-0.5, 0.5)}


def test_a_word_that_comes_twice_has_two_places(trace):
    figure = figures.gates(trace, words=["the", "cat", "the", "<b>", "cat"])
    assert list(figure.data[0].x) == [0, 1, 2, 3, 4]
    assert figure.layout.xaxis2.ticktext == ("the", "cat", "the", "&lt;b&gt;", "cat")
    assert [row[0] for row in cells(html_of(figure))[0][1:]] == ["0: the", "1: cat", "2: the", "3: <b>", "4: cat"]


@pytest.mark.parametrize("wrong", [{"sample": 2}, {"unit": 2}, {"words": ["too", "few"]}, {"sample": -1}])
def test_gates_refuses_what_does_not_fit(trace, wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        figures.gates(trace, **wrong)


def slider_of(figure):
    (slider,) = figure.layout.sliders
    return slider


def test_activations_shades_where_the_slope_is_under_a_tenth():
    figure = figures.activations()
    x, sigmoid = np.asarray(figure.data[0].x, float), np.asarray(figure.data[0].y, float)
    assert np.allclose(sigmoid, 1 / (1 + np.exp(-x)), rtol=0, atol=1e-15)  # float64: one rounding each
    edges = {(shape.x0, shape.x1) for shape in figure.layout.shapes}
    for y in (sigmoid, np.tanh(x)):
        slope = np.gradient(y, x)
        # the edge is one of the drawn points, 0.05 apart
        edge = x[slope >= slope.max() / 10].max()
        assert any(abs(x0 - edge) <= 0.05 for x0, x1 in edges if x0 > 0)


def test_matrix_names_the_blocks_in_keras_order():
    kernel = np.arange(24.0).reshape(2, 12)
    figure = figures.matrix(kernel, 3, rows=["a", "<b>"])
    assert np.array_equal(figure.data[0].z, kernel)
    assert [(a.text, a.x) for a in figure.layout.annotations] == [
        ("<b>i</b>", 1),
        ("<b>f</b>", 4),
        ("<b>g</b>", 7),
        ("<b>o</b>", 10),
    ]
    assert cells(html_of(figure))[0][2][:2] == ["1: <b>", "12"]
    steps = [colour for _, colour in figure.data[0].colorscale]
    assert steps[2] == figures.theme("background") and not set(steps) & {figures.role(part) for part in "ifgo"}
    assert set(steps) - {figures.role("c")} <= set(dark_colours()), "a dark page has its own"
    with pytest.raises(ValueError, match=r"kernel: expected shape \(N, 16\) for 4 units, got \(2, 12\)"):
        figures.matrix(kernel, 4)
    with pytest.raises(ValueError, match="rows: expected 2 names, got 1"):
        figures.matrix(kernel, 3, rows=["a"])


# --- figures of runs --------------------------------------------------------------------------------


def record(seed, val_accuracy):
    epochs = len(val_accuracy)
    history = {
        "accuracy": [0.9] * epochs,
        "loss": [0.3] * epochs,
        "val_accuracy": val_accuracy,
        "val_loss": [0.4] * epochs,
    }
    return SimpleNamespace(seed=seed, history=history)


def test_history_counts_epochs_from_one_and_rings_the_best():
    figure = figures.history([record(1, [0.7, 0.8, 0.75]), record(2, [0.6, 0.65, 0.7])])
    rings = [trace for trace in figure.data if trace.name.startswith("best")]
    assert [(ring.x[0], ring.y[0]) for ring in rings] == [(2, 80.0), (3, 70.0)]
    curve = next(trace for trace in figure.data if trace.name == "validation, seed 1")
    assert list(curve.x) == [1, 2, 3] and list(curve.y) == [70.0, 80.0, 75.0]
    assert "best 80% after epoch 2, 75% after epoch 3" in figure.layout.meta["alt"]
    with pytest.raises(ValueError, match="records"):
        figures.history([])


def test_strip_has_every_run_and_the_interval():
    figure = figures.strip({"small": ([0.8, 0.9], 0.01), "large": ([0.85], 0.02)}, marks={"published": 0.88})
    means, runs = figure.data[0], figure.data[1]
    assert np.isclose(means.x[0], 85) and np.allclose(means.error_x.array, 1) and list(runs.x) == [80, 90]
    assert figure.layout.yaxis.ticktext == ("small", "large")
    assert "A line at 88%: published" in figure.layout.meta["alt"]
    with pytest.raises(ValueError, match="rows"):
        figures.strip({"none": ([], 0.1)})


def test_lengths_says_what_each_limit_keeps():
    statistics = imdb.statistics()
    figure = figures.lengths(statistics)
    steps = slider_of(figure).steps
    assert [step.label for step in steps] == list(statistics["train"]["kept"])
    for step, kept in zip(steps, statistics["train"]["kept"].values(), strict=True):
        assert f"{100 * kept['reviews'] / 25_000:.1f}% of reviews stay whole" in step.args[1]["annotations[0].text"]
    assert sum(figure.data[0].y) == 25_000
