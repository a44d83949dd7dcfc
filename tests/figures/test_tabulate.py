"""Numbers printed under one another."""

import numpy as np
import pytest

from lstm_edu import figures


def test_a_row_is_a_name_and_its_values(capsys):
    figures.tabulate({"f": np.array([0.25, 10]), 200: (1, 2.0)}, 2 * " {:4.1f}", "two\nlines")
    assert capsys.readouterr().out == "two\nlines\nf    0.2 10.0\n200  1.0  2.0\n"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({}, "rows: expected one at least, got none"),
        ({"f": [1]}, "rows: expected 2 values as in form, got 1 for 'f'"),
        ({"f": [1, 2], "g": [1, 2, 3]}, "rows: expected 2 values as in form, got 3 for 'g'"),
    ],
)
def test_what_does_not_fit_is_told_before_a_line_is_printed(rows, expected, capsys):
    with pytest.raises(ValueError, match=f"^{expected}$"):
        figures.tabulate(rows, "{} {}")
    assert capsys.readouterr().out == ""
