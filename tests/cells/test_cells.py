"""The cells' numbers: those that others have published, and a plain loop of scalars. Laws, gradients and input checks
have files of their own; `test_wrong_cells.py` shows what all of these see."""

import inspect

import numpy as np
import pytest
from cases import KINDS, close
from proofs import CS231N, cs231n_numbers, cs231n_step, keras_numbers, oracle, statquest_numbers

from lstm_edu.cells import GRUCell, LSTMCell, SimpleRNNCell, fast
from lstm_edu.cells.activations import ACTIVATIONS, sigmoid
from lstm_edu.common import checks


@pytest.mark.parametrize("numbers", [keras_numbers, cs231n_numbers, statquest_numbers])
def test_published_numbers(numbers):
    numbers(KINDS["LSTM"])


def test_a_wrong_column_order_gives_other_numbers_and_no_error():
    h, _ = cs231n_step(KINDS["LSTM"], order="ifgo")
    close(h[0, :2], [0.26687551, 0.30458972], CS231N)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_cell_and_scalar_loop_agree(kind):
    oracle(kind)


def test_sigmoid_is_the_sigmoid():
    z = np.linspace(-30, 30, 601)
    assert np.abs(sigmoid(z) - 1 / (1 + np.exp(-z))).max() < 3e-16  # float64: worst seen 1.2e-16
    for function, _ in ACTIVATIONS.values():
        assert function(z.astype(np.float32)).dtype == np.float32


def test_a_cells_file_is_read_in_one_sitting():
    for module in (inspect.getmodule(SimpleRNNCell), inspect.getmodule(LSTMCell), inspect.getmodule(GRUCell)):
        assert len(inspect.getsource(module).splitlines()) < 150
    assert len(inspect.getsource(fast).splitlines()) < 200  # both ways round


def test_checks_return_what_they_were_given_where_it_fits():
    x = np.ones((2, 5, 3))
    assert checks.inputs(x, 3) is x
