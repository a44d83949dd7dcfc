"""A film is made again from its card: its first frames are trained anew, and are the shipped ones."""

from itertools import islice

import numpy as np
import pytest

from lstm_edu import films, learn, tasks
from lstm_edu.runs import filming

FIRST = 3  # frames, 50 batches


@pytest.fixture(scope="module", params=filming.FILMS)
def shown(request):
    return films.film(request.param)


def test_the_shipped_films_are_those_of_the_settings(shown):
    assert films.names() == sorted(filming.FILMS)
    assert (shown.card["settings"], shown.card["seed"]) == (filming.FILMS[shown.name], filming.SEED)


@pytest.mark.parametrize("cell", films.PARTS)
def test_the_first_frames_are_trained_again_to_the_same_numbers(shown, cell):
    settings = shown.card["settings"]
    looked_at, asked = filming.examples(settings)
    assert (asked.inputs[0] == shown.inputs).all() and len(asked.y) == shown.card["slopes_over"]
    taken = list(islice(filming.frames(cell, settings, looked_at, asked), FIRST))
    for k, frame in enumerate(taken):
        for name, value in frame.items():
            stored = shown.stored[f"{cell}.{name}"][k]
            if stored.ndim == 2:  # in whole numbers: half of one, and what another machine's order of sums
                step = shown.most(cell, name) / np.iinfo(stored.dtype).max
                assert np.abs(shown.part(cell, name)[k] - value).max() <= 0.501 * step, name
            else:  # float32 of float64
                assert stored == pytest.approx(value, rel=1e-6), name


def test_the_slopes_are_those_of_the_loss():
    """A state is moved a little at one step: the loss moves by its slope there."""
    settings = filming.FILMS["letter_30"] | {"tested": 40, "lag": 3}
    looked_at, shown = filming.examples(settings)
    one = tasks.Examples(*(array[:1] for array in shown))
    for cell in films.PARTS:
        network = filming.fresh(cell, settings)
        frame = filming.frame(network, looked_at, one, films.PARTS[cell])
        for t in range(one.inputs.shape[1]):
            for state in network.cell.states:
                # central differences of 1e-5 in float64: worst seen
                assert frame[f"slope_{state}"][t] == pytest.approx(by_differences(network, one, t, state), rel=1e-6)


def by_differences(network, one, t, state, by=1e-5):
    """The length of the loss' slope for the state "h" or "c" at step t of one example."""
    trace = network.cell.run(one.inputs[:, : t + 1])

    def loss(moved):
        """With the state moved by (H,). What is on the belt is read at once, too."""
        if state == "c":
            c = trace.c[:, t] + moved
            start = (trace.o[:, t] * np.tanh(c), c)
        else:
            h = trace.h[:, t] + moved
            start = h if len(network.cell.states) == 1 else (h, trace.c[:, t])
        rest = network.cell.run(one.inputs[:, t + 1 :], start)
        h = rest.last_output if rest.h.shape[1] else start[0] if isinstance(start, tuple) else start
        return learn.softmax_cross_entropy(network.dense(h), one.y)[0]

    steps = by * np.eye(network.cell.units)
    return np.linalg.norm([(loss(step) - loss(-step)) / (2 * by) for step in steps])
