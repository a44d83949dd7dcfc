"""TrainingFilm: what it shows of each frame is the film's, the reader moves the time, and it is quick."""

import numpy as np
import pytest
from widget_checks import cells as rows_of

from lstm_edu.films import film
from lstm_edu.widgets import TrainingFilm

SHOWN = film("letter_30")
LAST = len(SHOWN.batch) - 1


def told(page, cell):
    return page.locator(f".film-{cell} .film-told").inner_text()


def right(page, cell):
    return page.locator(f".film-{cell} .film-right").inner_text()


def slider(page):
    return page.get_by_role("slider", name="time")


def settle(page):
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def squares(page, cell):
    """The colours of a cell's map, (T, H, 4), the first unit of each step on top."""
    shown = page.locator(f".film-{cell} .film-map > canvas").evaluate(
        "(c) => [c.width, c.height, [...c.getContext('2d').getImageData(0, 0, c.width, c.height).data]]"
    )
    width, height, data = shown
    return np.array(data).reshape(height, width, 4).swapaxes(0, 1)


@pytest.mark.parametrize("k", [0, LAST // 2, LAST])
def test_a_frame_shows_the_films_numbers(widget_page, k):
    page = widget_page(TrainingFilm(batch=int(SHOWN.batch[k])))
    for cell in ("simple_rnn", "lstm"):
        assert right(page, cell) == f"{SHOWN.right(cell)[k] * 100:.0f}% right"
    assert f"f is {SHOWN.kept[k]:.2f} on average" in told(page, "lstm")
    page.locator(".film-numbers summary").click()
    page.locator(".film-numbers td").first.wait_for()
    frames, steps = (rows_of(page, f".film-numbers > div:nth-of-type({n})") for n in (1, 2))
    assert [int(row[0]) for row in frames] == SHOWN.batch.tolist() and len(steps) == len(SHOWN.inputs)
    for n, cell in enumerate(("simple_rnn", "lstm")):
        left = [number(row[2 + 2 * n]) for row in frames]
        assert left == pytest.approx(SHOWN.left(cell)[:, SHOWN.flag], rel=0.06, abs=6e-5)  # as many digits as shown
        assert [number(row[2 + n]) for row in steps] == pytest.approx(SHOWN.left(cell)[k], rel=0.06, abs=6e-5)
    assert [number(row[4]) for row in steps] == pytest.approx(SHOWN.part("lstm", "f")[k].mean(axis=1), abs=6e-4)
    assert page.wrong == []


def number(text):
    return float(text.replace("\u2212", "-"))


def test_the_map_is_darker_where_f_is_more_open(widget_page):
    page = widget_page(TrainingFilm(batch=int(SHOWN.batch[LAST])))
    f = SHOWN.part("lstm", "f")[LAST]
    order = np.argsort(-f[SHOWN.flag + 1 : SHOWN.bell].mean(axis=0), kind="stable")
    green = squares(page, "lstm")[..., 1]  # on a light page it falls as f rises
    values = np.round(np.maximum(f[:, order], 0.5) * 255)  # its scale begins there
    assert green.shape == values.shape
    by_value = [green[values == value].max() for value in np.unique(values)]
    assert (np.diff(by_value) <= 1).all()


def test_the_time_moves_by_keyboard_and_a_screen_reader_is_told(widget_page):
    page = widget_page(TrainingFilm())
    slider(page).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    settle(page)
    assert page.locator(".film-time output").inner_text() == "batch 50"
    assert slider(page).get_attribute("aria-valuetext") == "batch 50"
    page.keyboard.press("End")
    settle(page)
    assert right(page, "lstm") == f"{SHOWN.right('lstm')[-1] * 100:.0f}% right"
    page.keyboard.press("Home")
    page.get_by_role("button", name="Next").click()
    settle(page)
    assert page.locator(".belt-spoken").inner_text().startswith("Batch 25. Plain loop: ")
    assert page.wrong == []


def test_the_curve_is_dragged(widget_page):
    page = widget_page(TrainingFilm())
    box = page.locator(".film-lstm .film-curve").bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 12, box["y"] + 30, steps=5)
    page.mouse.up()
    settle(page)
    assert int(slider(page).input_value()) >= LAST - 1


def test_it_plays_to_the_end_and_stops(widget_page):
    page = widget_page(TrainingFilm(batch=int(SHOWN.batch[LAST - 2])))
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("n => document.querySelector('.film-time input').valueAsNumber === n", arg=LAST)
    page.get_by_role("button", name="Play").wait_for()


def test_another_part_of_the_lstm_is_shown(widget_page):
    page = widget_page(TrainingFilm(part="o"))
    assert "o, the output gate" in page.locator(".film-lstm figcaption").last.inner_text()
    page.locator("summary", has_text="More").click()
    page.get_by_role("combobox", name="show of the LSTM").select_option("c")
    settle(page)
    assert "c, the belt" in page.locator(".film-lstm figcaption").last.inner_text()
    assert "h, the output" in page.locator(".film-simple_rnn figcaption").last.inner_text()


@pytest.mark.parametrize("width", [320, 400, 800])
def test_nothing_moves_while_it_plays(widget_page, width):
    page = widget_page(TrainingFilm(), width=width)
    tops = []
    for _ in SHOWN.batch:
        tops.append(page.locator(".film-numbers").bounding_box()["y"])
        slider(page).press("ArrowRight")
        settle(page)
    assert max(tops) - min(tops) < 1
