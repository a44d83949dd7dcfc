"""Parcel: the row, the cells' answers and the score are NumPy's, and the number stays hidden until it is answered."""

import re

import numpy as np
import pytest
from every_widget import link
from widget_checks import cells

from lstm_edu import GRUCell, LSTMCell, SimpleRNNCell
from lstm_edu.learn import network
from lstm_edu.tasks import parcel_row
from lstm_edu.widgets import Parcel
from lstm_edu.widgets.parcel import NEW
from lstm_edu.widgets.small import pack


def networks(units=8, inputs=3, outputs=1):
    """Three of random weights: what they answer is of no use, and their own."""
    kinds = {"SimpleRNN": SimpleRNNCell, "LSTM": LSTMCell, "GRU": GRUCell}
    rng = np.random.default_rng(0)
    return {name: network(kind, units, rng, input_size=inputs, outputs=outputs) for name, kind in kinds.items()}


def right(example, lag):
    inputs = parcel_row(example, lag)
    return inputs[inputs[:, 1] == 1, 0][0]


def rms(differences):
    return np.sqrt(np.mean(np.square(differences)))


# --- the numbers ------------------------------------------------------------------------------------------------------

SCRIPT = """
import { answer, answersSince, errorsOver } from "./numbers/parcel.js";
import { parcelRow } from "./numbers/parcel_row.js";
import { open } from "./numbers/small.js";
const networks = data.packs.map(open);
give(data.rows.map(([example, lag]) => {
  const row = parcelRow(example, lag);
  return {
    answers: networks.map((network) => answer(network, row)),
    since: networks.map((network) => answersSince(network, row)),
    errors: [...errorsOver(20, networks, lag)].at(-1),
  };
}));
"""


def test_what_the_page_computes_is_numpys(node):
    nets = networks(units=32)
    rows = [(1, 1), (2, 10), (3, 60), (4, 29), (999_999, 5)]
    data = {"packs": [pack(net) for net in nets.values()], "rows": rows}
    for (example, lag), told in zip(rows, node(SCRIPT, data), strict=True):
        widget = Parcel(nets, lag, example)
        answers, since, errors = widget.answers(), widget.answers(since_the_flag=True), widget.errors(20)
        for k, name in enumerate(nets):  # worst seen 1e-15
            assert answers[name] == pytest.approx(told["answers"][k], abs=1e-10)
            assert since[name].shape == (lag,) and np.abs(since[name] - told["since"][k]).max() < 1e-10
            assert since[name][-1] == pytest.approx(answers[name], abs=1e-12), "the last is its answer"
            assert errors[name] == pytest.approx(told["errors"][k], abs=1e-10)


def test_the_errors_are_those_of_the_networks_own_logits():
    nets = networks()
    rows = [parcel_row(NEW + k, 4) for k in range(1, 11)]
    for name, error in Parcel(nets, 4).errors(10).items():
        said = [nets[name].logits(row[None])[0, 0] for row in rows]
        assert error == pytest.approx(rms([s - row[row[:, 1] == 1, 0][0] for s, row in zip(said, rows, strict=True)]))


# --- the page ---------------------------------------------------------------------------------------------------------


def told(page):
    return page.locator(".parcel-told").inner_text()


def step(page, times=1):
    """Goes on by hand, and by keyboard."""
    page.locator(".parcel-belt ~ .belt-row button").nth(1).focus()
    for _ in range(times):
        page.keyboard.press("Enter")
    frame(page)


def frame(page):
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def say(page, text):
    """Types an answer, and gives it."""
    page.get_by_role("textbox", name="your answer, typed").fill(text)
    page.keyboard.press("Enter")
    frame(page)


def shown(value, digits=2):
    return f"{value:.{digits}f}".replace("-", "\u2212")


@pytest.mark.parametrize("example", [1, 2, 3, 4])
def test_the_number_is_nowhere_but_at_the_window_until_it_is_answered(widget_page, example):
    widget = Parcel(networks(), lag=6, example=example)
    numbers = widget.inputs[:, 0]
    flag = int(widget.inputs[:, 1].argmax())
    text = shown(numbers[flag])
    number = re.compile(rf"(?<!\d){re.escape(text)}(?!\d)")
    assert (numbers == numbers[flag]).sum() == 1, "else another parcel shows it"
    page = widget_page(widget)
    page.locator("details").evaluate_all("(all) => all.forEach((details) => (details.open = true))")
    for at in range(len(numbers) + 1):
        frame(page)
        everything = page.locator(".belt-widget").evaluate("(widget) => widget.outerHTML")
        assert bool(number.search(everything)) == (at == flag + 1), f"{at} have come by"
        if at < len(numbers):
            step(page)
    say(page, "0")
    assert text in told(page) and page.wrong == []


def test_a_round_by_keyboard_alone(widget_page):
    nets = networks()
    widget = Parcel(nets, lag=3, example=7)
    page = widget_page(widget)
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.textContent") != "Next parcel":
        page.keyboard.press("Tab")
    flag = int(widget.inputs[:, 1].argmax())
    for k, (number, *_) in enumerate(widget.inputs):
        page.keyboard.press("Enter")
        frame(page)
        spoken = page.locator(".belt-spoken").inner_text()
        assert spoken.startswith("The bell rings" if k == len(widget.inputs) - 1 else shown(number))
        assert ("flag is up" in spoken) == (k == flag)
    page.keyboard.press("Tab")  # over "Back"
    while page.evaluate("document.activeElement.type") != "range":
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "0.01"
    page.keyboard.press("Enter")
    frame(page)
    off = shown(abs(0.01 - right(7, 3)))
    assert f"off by {off}" in told(page) and f"off by {off}" in page.locator(".belt-spoken").inner_text()
    assert page.evaluate("document.activeElement.textContent") == "New row"
    page.keyboard.press("Enter")
    frame(page)
    assert (
        told(page).startswith("Parcels come by")
        and page.evaluate("document.activeElement.textContent") == "Next parcel"
    )
    assert page.get_by_role("textbox", name="your answer, typed").input_value() == ""
    assert page.wrong == []


def test_beside_the_readers_answer_stand_the_cells_and_the_score_of_all_rounds(widget_page):
    nets = networks()
    page = widget_page(Parcel(nets, lag=2, example=3))
    said = {3: -0.5, 4: 0.25, 5: 1.0}
    for example, answer in said.items():
        widget = Parcel(nets, lag=2, example=example)
        step(page, len(widget.inputs))
        say(page, f"{answer}")
        answers = {"you": answer, **widget.answers(), "always 0": 0.0}
        done = [one for one in said if one <= example]
        scores = {"you": rms([said[one] - right(one, 2) for one in done]), "always 0": np.sqrt(1 / 3)}
        for name in nets:
            scores[name] = rms([Parcel(nets, 2, one).answers()[name] - right(one, 2) for one in done])
        rows = {row[0]: row[2:] for row in cells(page, ".parcel-outcome")}
        assert rows.pop("right number") == [shown(right(example, 2)), "", ""]
        for name, row in rows.items():
            off = abs(answers[name] - right(example, 2))
            assert row == [shown(answers[name]), shown(off), shown(scores[name], 3)], name
        assert list(rows) == ["you", *nets, "always 0"]
        step(page)
    assert page.wrong == []


def test_a_row_that_is_answered_again_counts_once(widget_page):
    page = widget_page(Parcel(lag=1))
    steps = len(parcel_row(1, 1))
    step(page, steps)
    say(page, "0.39")
    first = cells(page, ".parcel-outcome")[1][4]
    page.get_by_role("button", name="Start again").click()
    step(page, steps)
    say(page, "0.7")
    assert cells(page, ".parcel-outcome")[1][3:] == ["0.00", first]


def test_only_a_number_from_minus_one_to_one_is_an_answer(widget_page):
    page = widget_page(Parcel(lag=1))
    assert page.get_by_role("textbox", name="your answer, typed").is_disabled()
    step(page, len(parcel_row(1, 1)))
    for text in ("", "two", "1.01", "-3"):
        say(page, text)
        assert "Type a number" in page.locator(".parcel-wrong").inner_text()
        assert page.locator(".parcel-outcome").is_hidden()
    say(page, "\u22121")
    assert page.locator(".parcel-outcome").is_visible() and page.locator(".parcel-wrong").inner_text() == ""


def test_the_picture_without_scripts_has_no_number(widget_page):
    widget = Parcel(networks(), lag=6)
    page = widget_page(widget, java_script_enabled=False)
    assert re.findall(r"\d\.\d\d", page.locator(".belt-still").inner_text()) == []
    assert page.locator(".belt-still svg text").count() == 0
    page.locator(".belt-still summary").click()
    assert [float(row[1]) for row in cells(page, ".belt-still")[: len(widget.inputs)]] == widget.inputs[:, 0].tolist()


def test_the_whole_row_is_laid_open(widget_page):
    widget = Parcel(lag=4, example=2)
    widget.at, widget.answer = len(widget.inputs), 0.1
    page = widget_page(widget)
    page.get_by_text("Show the row").click()
    entries = page.locator(".parcel-row li").all_inner_texts()
    assert [entry.split()[0] for entry in entries] == [shown(number) for number in widget.inputs[:, 0]]
    signs = [entry.split()[1:] for entry in entries]
    assert signs[int(widget.inputs[:, 1].argmax())] == ["flag"] and signs[-1] == ["bell"] and sum(map(len, signs)) == 2
    in_sight = page.locator(".parcel-box text").all_text_contents()
    assert len(in_sight) > 4 and in_sight == [shown(number) for number in widget.inputs[:, 0]][-len(in_sight) :]


def test_how_long_each_cell_remembers(widget_page):
    nets = networks()
    widget = Parcel(nets, lag=5, example=2)
    page = widget_page(widget)
    page.get_by_text("How long each cell remembers").click()
    page.get_by_text("Error over 500 new rows").wait_for()
    table = {row[0]: row[1] for row in cells(page, ".parcel-memory")}
    expected = {name: shown(error, 3) for name, error in widget.errors().items()}
    assert table == {**expected, "always 0": "0.577"}
    assert not page.locator(".parcel-curves").is_visible()
    step(page, len(widget.inputs))
    say(page, "0")
    frame(page)
    labels = page.locator(".parcel-curves svg").evaluate_all("(all) => all.map((each) => each.ariaLabel)")
    for label, since in zip(labels, widget.answers(since_the_flag=True).values(), strict=True):
        assert f"would be {shown(since[0])}; 5 after the flag it is {shown(since[-1])}" in label
    page.get_by_role("slider", name="bell rings after").press("ArrowRight")
    page.get_by_text("rings after 6 steps").wait_for()
    assert not page.locator(".parcel-curves").is_visible() and page.wrong == []


def test_it_plays_by_itself_and_stops_at_the_bell(widget_page):
    page = widget_page(Parcel(lag=1, pace=300))
    page.get_by_role("button", name="Play").click()
    page.locator(".parcel-told", has_text="What was the number").wait_for()
    assert page.get_by_role("button", name="Play").is_visible()
    assert page.get_by_role("button", name="Next parcel").get_attribute("aria-disabled") == "true"
    say(page, "0")
    page.get_by_role("button", name="Play").click()
    page.locator(".parcel-told", has_text="What was the number").wait_for()
    page.get_by_role("button", name="Link to this state").click()
    assert "parcel.example=2" in page.url and "parcel.answer=null" in page.url


def test_with_reduced_motion_it_is_stepped_by_hand(widget_page):
    page = widget_page(Parcel(lag=1), reduced_motion="reduce")
    assert not page.get_by_role("button", name="Play").is_visible()
    step(page)
    assert "window: 0.39" in page.locator(".parcel-belt").get_attribute("aria-label")


def test_a_link_with_an_answer_shows_what_it_shows(widget_page):
    state = {"lag": "1", "example": "1", "at": "3", "answer": "0.5"}
    page = widget_page(Parcel(networks()), hash=link("parcel", state))
    assert told(page) == "It was 0.70. You said 0.50: off by 0.20."
    assert cells(page, ".parcel-outcome")[1][2:] == ["0.50", "0.20", "\u2013"]  # no round of this reader's
