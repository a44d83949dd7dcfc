"""Fixtures of several test files, and the skipping of what needs the IMDB data where there is none."""

import os

import numpy as np
import pytest
from hypothesis import settings

from lstm_edu import imdb

# before the first test imports TensorFlow
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

# no test is timed: a busy machine is no failure
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

NO_DATA = "no IMDB data: put imdb_flat.npz or Keras' imdb.npz into data/, or set LSTM_EDU_DATA to its folder"


def pytest_collection_modifyitems(items):
    if imdb.available() is None:
        for item in items:
            if item.get_closest_marker("data"):
                item.add_marker(pytest.mark.skip(reason=f"{item.name}: {NO_DATA}"))


@pytest.fixture(scope="session")
def made_up():
    """The arrays of a made-up data set in the form of imdb_flat.npz: 120 and 80 reviews of 3 to 40 words, 90 ranks."""
    rng = np.random.default_rng(0)
    arrays = {}
    for split, count in (("train", 120), ("test", 80)):
        offsets = np.concatenate([[0], np.cumsum(rng.integers(3, 41, count))])
        arrays[f"x_{split}"] = rng.integers(1, 91, offsets[-1]).astype(np.int32)
        arrays[f"o_{split}"] = offsets.astype(np.int32)
        arrays[f"y_{split}"] = np.repeat([1, 0], count // 2).astype(np.uint8)
    return arrays


@pytest.fixture
def made_up_file(made_up, tmp_path):
    """The made-up data set as a file."""
    path = tmp_path / "imdb_flat.npz"
    np.savez(path, **made_up)
    return path
