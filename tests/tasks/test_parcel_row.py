"""One row of the marked parcel by its name: the same in a page, and in the mean what the task gives."""

import numpy as np
import pytest

from lstm_edu.tasks import parcel_row

NAMES = [(1, 1), (2, 10), (999_999, 60), (1_000_500, 30), (2**32 - 1, 7), (123_456, 100)]


def test_a_row_in_the_page_is_the_same_row(node):
    script = """
        import { parcelRow } from "./numbers/parcel_row.js";
        give(data.map(([example, lag]) => parcelRow(example, lag)));
    """
    names = NAMES + [(example, 1 + example % 60) for example in range(1, 300)]
    for (example, lag), told in zip(names, node(script, names), strict=True):
        inputs = parcel_row(example, lag)
        assert inputs.ravel().tolist() == told["inputs"]  # to the bit
        assert inputs.shape == (told["T"], 3)
        assert inputs[told["flag"]].tolist() == [told["right"], 1, 0]


def test_a_row_has_one_flag_and_the_bell_at_its_end():
    for example, lag in NAMES:
        inputs = parcel_row(example, lag)
        assert inputs[:, 1:].sum(axis=0).tolist() == [1, 1] and inputs[-1, 2] == 1
        assert len(inputs) - 1 - inputs[:, 1].argmax() == lag
        assert np.abs(inputs[:, 0]).max() <= 1 and (inputs[:, 0] == inputs[:, 0].round(2)).all()


def test_all_rows_together_are_drawn_as_the_task_draws_them():
    rows = [parcel_row(example, 5) for example in range(1, 4001)]
    starts = np.bincount([row[:, 1].argmax() for row in rows])
    assert len(starts) == 5 and np.abs(starts - 800).max() < 5 * np.sqrt(800)  # five standard deviations
    right = np.array([row[row[:, 1] == 1, 0][0] for row in rows])
    assert abs(right.mean()) < 5 * 0.577 / np.sqrt(4000) and abs(np.sqrt((right**2).mean()) - 0.577) < 0.02
    numbers = np.concatenate([row[:, 0] for row in rows])
    counts = np.histogram(numbers, 10, (-1, 1))[0]
    assert np.abs(counts - len(numbers) / 10).max() < 5 * np.sqrt(len(numbers) / 10)
    following = np.corrcoef(np.array([row[-6:-1, 0] for row in rows]).T) - np.eye(5)
    assert np.abs(following).max() < 0.08  # one number says nothing of the next


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"example": 0, "lag": 1}, ValueError, "example: expected a whole number from 1 to 4294967295, got 0"),
        ({"example": 1, "lag": 0}, ValueError, "lag: expected a whole number from 1 to 1000000, got 0"),
        ({"example": 1.0, "lag": 1}, TypeError, "example: expected a whole number, got float"),
    ],
)
def test_what_names_no_row_is_refused(arguments, error, message):
    with pytest.raises(error) as caught:
        parcel_row(**arguments)
    assert str(caught.value) == message
