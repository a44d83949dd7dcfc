"""A batch shared out among processes: the same answers, the same slopes but for rounding, and its bad days."""

import multiprocessing

import numpy as np
import pytest
from test_fit import QUIET, fresh, parcels, sha, trained

from lstm_edu import learn, tasks
from lstm_edu.cells import GRUCell, LSTMCell
from lstm_edu.learn.team import Team

WORDS = np.array([[0, 0, 3, 1], [2, 3, 3, 5], [0, 4, 1, 1], [5, 5, 5, 2], [0, 0, 0, 4]])
LABELS = np.array([0, 1, 1, 0, 1])
ASKED = np.array([[0, 0, 1, 1], [0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]], bool)


def of_words(kind=LSTMCell):
    return learn.network(kind, 4, np.random.default_rng(0), words=6, embedding=3, dtype=np.float64)


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_slopes_are_those_of_one_process(processes):
    """Sequences that end up with different partners, a word in several parts, more answers than sequences in a part."""
    for kind in (LSTMCell, GRUCell):
        net = of_words(kind)
        with Team(net, processes) as team:
            for asked, y in ((None, LABELS), (ASKED, LABELS[:4])):
                alone, shared = net.forward(WORDS, asked), team.forward(WORDS, asked)
                assert np.abs(alone.logits - shared.logits).max() < 1e-15
                assert np.abs(team.logits(WORDS, asked) - alone.logits).max() < 1e-15
                _, d_logits = learn.binary_cross_entropy(alone.logits, y)
                own, theirs = alone.backward(d_logits), shared.backward(d_logits)
                rows = own.pop("embedding"), theirs.pop("embedding")
                assert (rows[0].ids == rows[1].ids).all()
                found = [*zip(own.values(), theirs.values(), strict=True)]
                found += [(getattr(rows[0], name), getattr(rows[1], name)) for name in ("values", "squares")]
                assert max(np.abs(a - b).max() for a, b in found) < 1e-15  # float64, sums of 5 in another order
            for weight in net.weights.values():
                weight += 0.1  # the next batch is answered with these


def test_fewer_sequences_than_processes():
    with Team(of_words(), 3) as team:
        assert team.forward(WORDS[:1]).backward(np.ones((1, 1))).keys() == team.weights.keys()


def test_two_processes_learn_what_one_learns():
    one, two, again = fresh(), fresh(), fresh()
    trained(one, epochs=2)
    for net in (two, again):
        trained(net, epochs=2, processes=2)
    assert sha(two) == sha(again)
    for name, weight in one.weights.items():
        assert np.abs(weight - two.weights[name]).max() < 1e-4  # float32, 40 steps of Adam: seen 2e-6


def test_a_killed_training_of_two_goes_on_bit_by_bit(tmp_path):
    straight, cut = fresh(), fresh()
    trained(straight, processes=2)
    trained(cut, epochs=2, processes=2, checkpoint=tmp_path / "run.npz")
    cut = fresh(seed=7)
    trained(cut, processes=2, checkpoint=tmp_path / "run.npz")
    assert sha(straight) == sha(cut)
    with pytest.raises(ValueError, match="checkpoint: .* of a training with"):
        trained(cut, epochs=5, checkpoint=tmp_path / "run.npz")


# bad days


def test_an_error_in_a_process_is_the_one_of_the_network():
    with Team(of_words(), 2) as team:
        with pytest.raises(ValueError, match="ids: expected 0 to 5, got 0 to 9"):
            team.forward(np.where(WORDS == 5, 9, WORDS))
        assert team.logits(WORDS).shape == (5, 1)  # and it goes on
        with pytest.raises(ValueError, match="asked: expected at least one step"):
            team.forward(WORDS, np.zeros(WORDS.shape, bool))
        with pytest.raises(ValueError, match="inputs: expected at least one sequence"):
            team.forward(WORDS[:0])
        with pytest.raises(ValueError, match="asked: expected shape"):
            team.forward(WORDS, ASKED[:3])


@pytest.mark.parametrize("processes", [0, 1.5, True, 65])
def test_a_number_of_processes_that_does_not_fit_is_said(processes):
    with pytest.raises((ValueError, TypeError), match="processes: expected"):
        trained(fresh(), processes=processes)


def test_a_process_that_ends_is_said():
    net = fresh()
    team = Team(net, 2)
    team.processes[1].kill()
    x, _, asked = tasks.marked_parcel(8, 3, np.random.default_rng(0))
    with pytest.raises(RuntimeError, match="processes: one of them has ended by itself"):
        for _ in range(2):
            team.forward(x, asked)
    assert not any(process.is_alive() for process in team.processes)


class Twin(LSTMCell):
    """Has no place where another process finds it: as a class that a notebook defines."""


@pytest.mark.parametrize("units", [2, 128])
def test_a_cell_that_only_this_process_knows_is_said(units, monkeypatch):
    """Also where the network is larger than what a pipe holds."""
    monkeypatch.setattr(Twin, "__module__", "__main__")
    monkeypatch.setattr("__main__.Twin", Twin, raising=False)
    net = learn.network(LSTMCell, units, np.random.default_rng(0), input_size=3)
    net.cell = Twin(net.cell.kernel, net.cell.recurrent_kernel, net.cell.bias)
    with pytest.raises(RuntimeError, match="a cell that a notebook defines"):
        Team(net, 2)
    assert not multiprocessing.active_children()


def interrupted(*_):
    raise KeyboardInterrupt


def test_an_answer_that_nobody_heard_is_not_the_next_one(monkeypatch):
    team = Team(of_words(), 2)
    monkeypatch.setattr(team.pipes[1], "recv", interrupted)
    with pytest.raises(KeyboardInterrupt):
        team.logits(WORDS)
    for asked in (lambda: team.logits(WORDS), lambda: team.forward(WORDS)):
        with pytest.raises(RuntimeError, match="team: expected one that is open, got one that was closed"):
            asked()


def test_the_way_back_is_that_of_the_last_forward():
    with Team(of_words(), 2) as team:
        first, second = team.forward(WORDS), team.forward(WORDS[::-1])
        with pytest.raises(ValueError, match="backward: expected that of the team's last forward"):
            first.backward(np.ones((5, 1)))
        with pytest.raises(ValueError, match=r"d_logits: expected shape \(N, K\) = \(5, 1\), got \(6, 1\)"):
            second.backward(np.ones((6, 1)))
        assert second.backward(np.ones((5, 1))).keys() == team.weights.keys()


@pytest.mark.parametrize("inputs", [3, [1, 2, 3]])
def test_inputs_that_are_no_batch_are_refused_as_the_network_does(inputs):
    with Team(of_words(), 2) as team, pytest.raises(ValueError, match=r"inputs: expected ids \(B, T\), got shape"):
        team.forward(inputs, [True])


def test_ctrl_c_ends_the_processes_too():
    net, seen = fresh(), []

    def draw(rng):
        for k, batch in enumerate(parcels()(rng)):
            if k == 5:
                raise KeyboardInterrupt
            seen.append(k)
            yield batch

    history = learn.fit(net, draw, learn.squared_error, processes=2, progress=QUIET)
    assert history.ended == "stopped by hand in epoch 1 of 1, after 5 batches" and seen == [0, 1, 2, 3, 4]
    assert not multiprocessing.active_children()


def test_ctrl_c_while_the_processes_start(monkeypatch):
    monkeypatch.setattr(Team, "ask", interrupted)
    history = learn.fit(fresh(), parcels(), learn.squared_error, processes=2, progress=QUIET)
    assert history.ended == "stopped by hand before the first batch"
