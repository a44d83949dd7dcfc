"""The figures of what the trained models do, held against the numbers they are drawn from."""

import numpy as np
import pytest

from lstm_edu import figures, study
from lstm_edu.figures.page import page_html

STUDY = study.result()
SEEDS = STUDY["seeds"]
ALL = {
    "half_lives": lambda: figures.half_lives(STUDY),
    "memory": lambda: figures.memory(STUDY),
    "word_groups": lambda: figures.word_groups(STUDY),
    "likeness": lambda: figures.likeness(STUDY),
    "same_unit": lambda: figures.same_unit({"a": BELTS, "b": -BELTS}, WORDS),
}
BELTS = np.random.default_rng(0).normal(size=(4, 3))  # (T, H)
WORDS = ["not", "bad", "not", "<b>"]


def moved(figure, label):
    """The figure's traces after its slider was moved, as plot.js moves it: by restyle."""
    (step,) = (step for step in figure.layout.sliders[0].steps if step.label == label)
    assert step.method == "restyle"
    for key, values in step.args[0].items():
        for trace, value in zip(figure.data, values, strict=True):
            if value is not None:
                trace.update({key.replace(".", "_"): value})
    return figure


@pytest.mark.parametrize("name", ALL)
def test_each_stands_in_a_page_with_its_numbers(name):
    page = page_html(ALL[name]().to_dict())
    assert "<table>" in page and "nan" not in page.lower()


def test_the_bars_count_every_unit_and_the_slider_those_of_one_model():
    figure = figures.half_lives(STUDY)
    assert sum(figure.data[0].y) == 32 * len(SEEDS)
    for seed, values in zip(SEEDS, study.of("forget", "half_life").T, strict=True):
        bars = moved(figures.half_lives(STUDY), str(seed)).data[0]
        edges = [*(np.array(bars.x) - 0.05), bars.x[-1] + 0.05]
        assert list(bars.y) == np.histogram(values, edges)[0].tolist() and sum(bars.y) == 32
    assert "A fresh layer of Keras: 2.213" in figure.layout.meta["alt"]


def test_memory_draws_the_belt_and_each_whole_cell():
    belt, *cells = figures.memory(STUDY).data
    assert np.allclose(belt.y, study.of("memory", "belt").mean(axis=-1))
    assert [list(cell.y) for cell in cells] == study.of("memory", "loop").T.tolist()
    assert len({cell.line.dash for cell in cells}) == 5 and list(belt.x) == list(range(101))


def test_memory_has_room_for_the_label_of_its_last_tick():
    axis = figures.memory(STUDY).layout.xaxis
    assert 100 % axis.dtick == 0 and axis.range[0] == 0 and axis.range[1] >= 103


@pytest.mark.parametrize("part", "figoc")
def test_word_groups_shows_the_groups_of_the_chosen_part_and_its_baselines(part):
    figure = figures.word_groups(STUDY, part)
    label = figure.layout.sliders[0].steps[figure.layout.sliders[0].active].label
    assert label[0] == part
    by_slider = moved(figures.word_groups(STUDY), label)
    found = STUDY["groups"]["found"]
    for drawn in (figure, by_slider):
        as_frequent, as_good, dots = drawn.data
        assert list(dots.x) == [effect for group in found for effect in found[group][part]["effect"]]
        for trace, kind in ((as_frequent, "count"), (as_good, "positive")):
            low, middle, high = np.mean([found[group][part][kind]["quantiles"] for group in found], axis=-1).T
            assert np.allclose(trace.x, middle)
            assert np.allclose(trace.error_x.array, high - middle)
            assert np.allclose(trace.error_x.arrayminus, middle - low)
            # the legend draws the marker: it must look like the bar
            assert trace.marker.symbol == "line-ew-open" and trace.marker.line.width == trace.error_x.thickness
    assert list(figure.layout.yaxis.ticktext) == list(found)


def test_likeness_shows_the_five_numbers_of_each_kind():
    extremes, most = figures.likeness(STUDY).data
    kinds = [STUDY["units"][kind] for kind in ("answer", "within", "same", "other", "best", "chance")]
    assert list(most.x) == list(extremes.x) == [kind[2] for kind in kinds]
    assert np.allclose(np.array(most.x) + most.error_x.array, [kind[3] for kind in kinds])
    assert np.allclose(np.array(extremes.x) - extremes.error_x.arrayminus, [kind[0] for kind in kinds])


def test_same_unit_follows_the_slider_and_keeps_words_words():
    figure = moved(ALL["same_unit"](), "2")
    assert list(figure.data[0].y) == BELTS[:, 2].tolist() and list(figure.data[1].y) == (-BELTS[:, 2]).tolist()
    assert figure.layout.xaxis.ticktext[-1] == "&lt;b&gt;" and list(figure.data[0].x) == [0, 1, 2, 3]


def test_five_models_are_told_apart_without_colour():
    five = figures.same_unit(dict.fromkeys("abcde", BELTS), WORDS).data
    assert len({line.line.dash for line in five}) == len({line.marker.symbol for line in five}) == 5


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (({}, WORDS), "belts: expected one to five of one shape"),
        (({"a": BELTS, "b": BELTS[1:]}, WORDS), "belts: expected one to five of one shape"),
        (({"a": BELTS}, WORDS[1:]), "words: expected 4 texts, one for each step, got 3"),
        (({"a": BELTS}, WORDS, 3), "start: expected a unit from 0 to 2, got 3"),
    ],
)
def test_what_does_not_fit_is_refused(arguments, words):
    with pytest.raises(ValueError, match=words.replace("(", r"\(")):
        figures.same_unit(*arguments)


def test_a_part_that_is_none_is_refused():
    with pytest.raises(ValueError, match="part: expected one of f, i, g, o, c, got 'h'"):
        figures.word_groups(STUDY, "h")
