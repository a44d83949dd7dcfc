"""The small networks: held against their cards."""

import shutil

import numpy as np
import pytest

from lstm_edu.network import small
from lstm_edu.network.small import FOLDER
from lstm_edu.tasks import marked_parcel

NAMES = sorted(path.stem for path in FOLDER.glob("*.npz"))


@pytest.mark.parametrize("name", NAMES)
def test_a_small_network_runs_in_both_dtypes(name):
    single, double = small(name), small(name, np.float64)
    x = np.random.default_rng(0).normal(size=(2, 5, single.cell.input_size))
    asked = np.ones((2, 5), bool)
    assert single.weights["kernel"].dtype == np.float32 and double.weights["kernel"].dtype == np.float64
    one, two = single.logits(x.astype(np.float32), asked), double.logits(x, asked)
    np.testing.assert_allclose(one, two, atol=1e-5)  # float32, five steps


def test_a_name_or_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ValueError, match="name: expected one of .*parcel_lstm.*, got 'other'"):
        small("other")
    with pytest.raises(ValueError, match="dtype: expected one of float32, float64, got 'int64'"):
        small("parcel_lstm", int)
    for ending in ("npz", "json"):
        shutil.copy(FOLDER / f"parcel_lstm.{ending}", tmp_path)
    path = tmp_path / "parcel_lstm.npz"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ValueError, match="expected sha256 .*, as its card says"):
        small("parcel_lstm", folder=tmp_path)


def test_the_gates_of_the_parcel_cell_close_a_little_in_training_and_open_ones_stay_open():
    """Between flag and bell, as chapter 6 says: two thirds on average, after a start of nearly three quarters."""
    x, _, asked = marked_parcel(256, 30, np.random.default_rng(4))
    flags, bells = (np.cumsum(one, axis=1) for one in (x[..., 1], asked))
    quiet = (flags == 1) & (bells == 0) & (x[..., 1] == 0)
    closed, opened = (small(name).cell.run(x).f[quiet].mean() for name in ("parcel_lstm", "parcel_lstm_b5"))
    assert abs(closed - 2 / 3) < 0.02 and opened > 0.97
