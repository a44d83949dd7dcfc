"""`fit`: that it learns, that it goes on where it was killed, and its bad days."""

import errno
import hashlib
import io
import re

import numpy as np
import pytest

from lstm_edu import learn, tasks
from lstm_edu.cells import LSTMCell
from lstm_edu.common import files
from lstm_edu.learn import Batch
from lstm_edu.learn.fit import scored
from lstm_edu.learn.progress import Progress
from lstm_edu.network import shipped

QUIET = Progress(quiet=True)


def parcels(count=20):
    return lambda rng: [tasks.marked_parcel(16, (1, 6), rng) for _ in range(count)]


def fresh(seed=0):
    return learn.network(LSTMCell, 8, np.random.default_rng(seed), input_size=3)


def trained(net, draw=None, epochs=4, **options):
    options = {"progress": QUIET, "rule": learn.adam, "learning_rate": 0.01, "clip": 1.0} | options
    return learn.fit(net, draw or parcels(), learn.squared_error, epochs=epochs, **options)


def sha(net):
    return hashlib.sha256(b"".join(weight.tobytes() for weight in net.weights.values())).hexdigest()


def test_a_small_network_learns_the_parcel():
    net = fresh()
    history = trained(net, parcels(100), epochs=5)
    x, y, asked = tasks.marked_parcel(200, (1, 6), np.random.default_rng(99))
    off = float(np.sqrt(np.square(net.logits(x, asked) - y).mean()))
    assert history.epochs["loss"][0] > 5 * history.epochs["loss"][-1]
    assert off < 0.15  # 0.577 is the error of who knows nothing; seen 0.06


def test_the_same_seed_gives_the_same_weights_and_another_others():
    nets = [fresh() for _ in range(3)]
    for net, seed in zip(nets, (1, 1, 2), strict=True):
        trained(net, seed=seed)
    assert sha(nets[0]) == sha(nets[1]) != sha(nets[2])


class Killed(Exception):
    pass


def killed_in(epoch, draw):
    """As `draw`, but a batch in the middle of that epoch ends the program."""
    epochs = iter(range(100))

    def drawn(rng):
        last = next(epochs) == epoch
        for k, batch in enumerate(draw(rng)):
            if last and k == 7:
                raise Killed
            yield batch

    return drawn


@pytest.mark.parametrize("rule", [learn.sgd, learn.rmsprop, learn.adam])
def test_a_killed_training_goes_on_to_the_same_result_bit_by_bit(rule, tmp_path):
    whole, cut = fresh(), fresh()
    options = {"rule": rule, "validation": parcels(2)(np.random.default_rng(5)), "patience": 3}
    straight = trained(whole, **options)
    with pytest.raises(Killed):
        trained(cut, killed_in(2, parcels()), checkpoint=tmp_path / "run.npz", **options)
    again = fresh(seed=7)  # its weights are those of the file
    history = trained(again, checkpoint=tmp_path / "run.npz", **options)
    assert sha(again) == sha(whole)
    assert history.epochs["loss"] == straight.epochs["loss"] and len(history) == 4
    assert history.epochs["val_loss"] == straight.epochs["val_loss"]


def test_a_training_that_has_ended_is_not_trained_again(tmp_path):
    net = fresh()
    trained(net, checkpoint=tmp_path / "run.npz")
    before = sha(net)
    assert len(trained(net, killed_in(0, parcels()), checkpoint=tmp_path / "run.npz")) == 4
    assert sha(net) == before


def test_no_better_for_a_while_ends_it_with_the_best_weights():
    net = fresh()
    validation = parcels(3)(np.random.default_rng(5))
    history = trained(net, epochs=40, validation=validation, patience=2, learning_rate=0.05, clip=None)
    losses = history.epochs["val_loss"]
    assert history.ended == "no lower validation loss in 2 epochs" and len(history) < 40
    assert int(np.argmin(losses)) == len(losses) - 3
    assert np.isclose(scored(net, validation, learn.squared_error)["val_loss"], min(losses))


# --- bad days: one sentence each, and nothing is lost ---------------------------------------------------------------


def test_a_loss_that_is_no_number_says_where_and_how_fast():
    net = fresh()

    def draw(rng):
        for k, batch in enumerate(parcels()(rng)):
            yield batch if k < 5 else batch._replace(y=np.full_like(batch.y, 1e30))

    with pytest.raises(learn.TrainingError) as error:
        trained(net, draw, rule=learn.sgd, learning_rate=1e3, clip=None)
    assert re.fullmatch(
        r"the loss is (inf|nan) at batch 6 of epoch 1 of 4, with learning_rate 1000\.0: a smaller learning_rate, or "
        r"clip, keeps the steps short",
        str(error.value),
    )
    assert all(np.isfinite(weight).all() for weight in net.weights.values())


def test_ctrl_c_keeps_the_weights_and_says_where():
    net, before = fresh(), sha(fresh())

    def draw(rng):
        yield from parcels(3)(rng)
        raise KeyboardInterrupt

    history = trained(net, draw)
    assert history.ended == "stopped by hand in epoch 1 of 4, after 3 batches"
    assert sha(net) != before and len(history) == 0


def test_a_full_disk_costs_the_checkpoint_and_not_the_training(tmp_path, monkeypatch):
    def full(path, fill):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files, "write", full)
    said = io.StringIO()
    net = fresh()
    assert len(trained(net, epochs=2, checkpoint=tmp_path / "run.npz", progress=Progress(said))) == 2
    assert said.getvalue().count("was not written (No space left on device); training goes on") == 2
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_checkpoint_that_was_cut_off_is_said(share, tmp_path):
    path = tmp_path / "run.npz"
    trained(fresh(), epochs=1, checkpoint=path)
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(ValueError, match="run.npz is not a whole checkpoint; without that file training begins anew"):
        trained(fresh(), checkpoint=path)


def test_a_checkpoint_of_another_training_is_said(tmp_path):
    path = tmp_path / "run.npz"
    trained(fresh(), epochs=1, checkpoint=path)
    with pytest.raises(ValueError, match="is of a training with .*0.01.*, expected .*0.02"):
        trained(fresh(), checkpoint=path, learning_rate=0.02)
    other = fresh()
    other.cell = LSTMCell(other.cell.kernel, other.cell.recurrent_kernel, other.cell.bias, activation="relu")
    with pytest.raises(ValueError, match="LSTMCell, tanh, sigmoid.*, expected .*LSTMCell, relu, sigmoid"):
        trained(other, checkpoint=path)
    with pytest.raises(ValueError, match="has weights .*, expected"):
        trained(learn.network(LSTMCell, 9, np.random.default_rng(0), input_size=3), checkpoint=path)


BATCH = tasks.marked_parcel(4, 3, np.random.default_rng(0))


@pytest.mark.parametrize(
    ("draw", "error", "words"),
    [
        (lambda rng: [], ValueError, "draw: expected at least one batch, got none"),
        (
            lambda rng: [BATCH._replace(inputs=BATCH.inputs[:0])],
            ValueError,
            "inputs: expected at least one sequence and one step",
        ),
        (
            lambda rng: [Batch(BATCH.inputs, BATCH.y[:0], np.zeros(BATCH.asked.shape, bool))],
            ValueError,
            "asked: expected at least one step that is asked, got none",
        ),
        (lambda rng: [Batch(BATCH.inputs, BATCH.y, BATCH.asked[:, 1:])], ValueError, "asked: expected shape (B, T)"),
        (lambda rng: [Batch(BATCH.inputs, BATCH.y[:2], BATCH.asked)], ValueError, "y: expected shape (N, K) = (4, 1)"),
    ],
    ids=["no batch", "an empty batch", "nothing asked", "asked of another shape", "y of another length"],
)
def test_a_batch_that_does_not_fit_is_said(draw, error, words):
    with pytest.raises(error, match=re.escape(words)):
        trained(fresh(), draw)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"patience": 2}, "patience: expected with a validation, got none"),
        ({"patience": 0, "validation": [BATCH]}, "patience: expected a whole number from 1"),
        ({"validation": []}, "validation: expected a list of at least one batch"),
        ({"clip": -1.0}, "clip: expected a number above 0, got -1.0"),
        ({"learning_rate": float("nan")}, "learning_rate: expected a number above 0, got nan"),
        ({"lr": 0.1}, "fit: expected for adam some of learning_rate, beta_1, beta_2, epsilon, got lr"),
        ({"seed": None}, "seed: expected a whole number"),
        ({"rule": "adam"}, "rule: expected a function of `optimisers`, got 'adam'"),
    ],
)
def test_an_argument_that_does_not_fit_is_said_before_anything_is_trained(options, words):
    net, before = fresh(), sha(fresh())
    with pytest.raises((ValueError, TypeError), match=re.escape(words)):
        trained(net, **options)
    assert sha(net) == before


def test_a_network_that_keeps_the_state_after_its_padding_is_not_trained():
    with pytest.raises(ValueError, match="network: expected one of length None, got 500"):
        learn.fit(shipped("lstm_32"), lambda rng: [], learn.binary_cross_entropy)


def test_a_last_step_too_far_is_said_and_not_kept(tmp_path):
    with pytest.raises(learn.TrainingError, match="a weight is no number at batch 1 of epoch 1 of 1"):
        trained(fresh(), parcels(1), epochs=1, rule=learn.sgd, learning_rate=1e39, clip=None, checkpoint=tmp_path / "a")
    assert not list(tmp_path.iterdir())


def test_numbers_of_numpy_are_taken_and_a_patience_may_come_later(tmp_path):
    path, validation = tmp_path / "run.npz", parcels(2)(np.random.default_rng(5))
    options = {"learning_rate": np.float32(0.05), "seed": np.int64(3), "clip": None, "checkpoint": path}
    first = trained(fresh(), epochs=6, validation=validation, **options)
    net = fresh()
    later = trained(net, epochs=7, validation=validation, patience=1, **options)
    assert later.epochs["val_loss"][:6] == first.epochs["val_loss"]
    assert np.isclose(scored(net, validation, learn.squared_error)["val_loss"], min(later.epochs["val_loss"]))
    with pytest.raises(ValueError, match="epochs: expected at least"):
        trained(fresh(), epochs=2, validation=validation, **options)
    with pytest.raises(ValueError, match="'validated': True"):
        trained(fresh(), epochs=9, **options)


# --- what is seen while it runs -------------------------------------------------------------------------------------


def test_a_line_for_each_epoch_where_nobody_watches():
    said = io.StringIO()
    trained(fresh(), epochs=2, progress=Progress(said), validation=parcels(1)(np.random.default_rng(0)))
    lines = said.getvalue().splitlines()
    assert len(lines) == 2
    assert re.fullmatch(r"epoch 2 of 2: loss 0\.\d{4}, validation loss 0\.\d{4}, \d+\.\d s", lines[1])


def test_a_bar_on_a_terminal():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    said = Terminal()
    trained(fresh(), epochs=1, progress=Progress(said))
    drawn = said.getvalue().split("\r")
    assert re.match(r"epoch 1 of 1 █░{23}   5%  loss \d\.\d{4}, 0\.\d s", drawn[1])
    assert drawn[-1].startswith("epoch 1 of 1: loss") and drawn[-1].endswith("\n")
    assert len(drawn[-1]) > len(drawn[-2])  # nothing of the bar is left


def test_a_rate_that_falls_ends_at_zero_and_is_kept_by_a_checkpoint(tmp_path):
    w, memory = {"w": np.zeros(1)}, {}
    rule, seen = learn.falling(learn.sgd, 4), []
    for _ in range(6):
        before = w["w"][0]
        rule(w, {"w": np.ones(1)}, memory, learning_rate=0.8)
        seen.append(before - w["w"][0])
    assert seen == pytest.approx([0.8, 0.6, 0.4, 0.2, 0, 0])
    straight, halved = fresh(), fresh()
    options = {"rule": learn.falling(learn.adam, 40), "learning_rate": 0.01}
    trained(straight, epochs=2, **options)
    trained(halved, epochs=1, checkpoint=tmp_path / "half.npz", **options)
    trained(halved, epochs=2, checkpoint=tmp_path / "half.npz", **options)
    assert all((straight.weights[name] == halved.weights[name]).all() for name in straight.weights)
    with pytest.raises(ValueError, match="is of a training with"):
        trained(halved, epochs=3, checkpoint=tmp_path / "half.npz", rule=learn.adam, learning_rate=0.01)
