"""The answers of chapter 12's questions, computed."""

import numpy as np

from lstm_edu import GRUCell, LSTMCell, learn, runs
from lstm_edu.cells import Cell, gradient_check, sigmoid

from .shared import Computed, computes, count, draw, weights


@computes("cells-step")
def cells_step():
    """The unit of the chapter, by the package's cell: one unit, one input, no second bias."""
    cell = GRUCell([[-1.0, -2.0, -1.5]], [[2.0, 0.0, 1.0]], [1.0, 0.5, 0.0], reset_after=False)
    trace = cell.run(np.ones((1, 1, 1)), np.array([[0.5]]))
    z, g, h = trace.z.item(), trace.g.item(), 0.5
    wrong = [(1 - z) * h + z * g, z * h + g, z * h, (1 - z) * g]
    return Computed(trace.h.item(), wrong, told=[h, z, abs(g), 1 - z])


@computes("cells-forms")
def cells_forms():
    def alike(H):
        both = weights(3, H, blocks=3)[:2]
        x = draw(2, 5, 3)
        return np.allclose(GRUCell(*both)(x), GRUCell(*both, reset_after=False)(x), atol=1e-12)

    one, several = alike(1), alike(4)
    return {"always": one and several, "one": one and not several, "never": not one}


@computes("cells-weights", keras=True)
def cells_weights():
    import keras

    gru, before, lstm, plain = (
        count(layer, 32)
        for layer in (
            keras.layers.GRU(32),
            keras.layers.GRU(32, reset_after=False),
            keras.layers.LSTM(32),
            keras.layers.SimpleRNN(32),
        )
    )
    no_biases = count(keras.layers.GRU(32, use_bias=False), 32)
    return Computed(gru, [before, no_biases, lstm, gru // 3 * 4, gru // 3 * 2, plain])


@computes("cells-count")
def cells_count():
    ones = np.ones((1, 200, 1))

    def counts(z):
        cell = GRUCell([[0.0, 0.0, 40.0]], np.zeros((1, 3)), [np.log(z / (1 - z)), 0, 0], reset_after=False)
        return np.allclose(cell(ones)[0, :, 0], np.arange(1, 201))

    lstm = LSTMCell([[0.0, 0.0, 40.0, 0.0]], np.zeros((1, 4)), [40.0, 40.0, 0.0, 0.0])
    assert np.allclose(lstm.run(ones).c[0, :, 0], np.arange(1, 201))
    found = {"near_one": counts(0.99), "half": counts(0.5), "near_zero": counts(0.01)}
    return found | {"none": not any(found.values())}


@computes("cells-race")
def cells_race():
    """As in the chapter, all of its cells at once: Holm's rule asks how many there are."""
    starts = {start: ("parcel", start) for start in ("parcel_lstm", "parcel_gru", "parcel_simple_rnn")}
    found = runs.ratios(starts | {start: ("cells", start) for start in runs.outcomes.starts("cells")})
    clearly = {one: found[f"cells_lstm_{one}"].differs for one in ("no_forget", "no_tanh", "chollet")}
    return clearly | {"none": not any(clearly.values())}


@computes("cells-last")
def cells_last():
    starts = [start for start in runs.outcomes.starts("last") if start != "last_lstm"]
    one = runs.ratios({start: ("last", start) for start in ["last_lstm", *starts]})["last_lstm_no_forget"]
    nothing = one.errors.mean() > 0.5
    return {"nothing": nothing, "worse": one.differs and not nothing, "alike": not one.differs}


@computes("cells-few")
def cells_few():
    lstm, gru = (
        [run.results["accuracy_at_median"] for run in runs.records.load(f"{layer}_200_of_1000")]
        for layer in ("lstm", "gru")
    )
    lead, chance = runs.gap(lstm, gru)
    return {"gru": lead < -chance, "alike": abs(lead) <= chance, "lstm": lead > chance}


@computes("cells-bias")
def cells_bias():
    names = ("lstm_200_of_1000", "gru_200_of_1000", "gru_200_of_1000_open")
    lstm, gru, opened = ([100 * run.results["accuracy_at_median"] for run in runs.records.load(name)] for name in names)
    lead, (left, chance) = runs.gap(lstm, gru)[0], runs.gap(lstm, opened)
    assert 4.5 < lead < 5.5 and 3.5 < runs.gap(opened, gru)[0] < 4  # "five points", "nearly four"
    assert 0.8 < left < chance < 1.5  # "about a point", "cannot tell it from chance"
    stopped = {
        name: [len(run.history["loss"]) == 11 for run in runs.records.load(name)]  # ten epochs after the first
        for name in ("gru_200_of_300_open", "gru_200_of_300", "lstm_200_of_300_half_open")
    }
    assert list(map(sum, stopped.values())) == [2, 5, 5]  # "in three runs of five", "as every run is"
    return {"most": left > lead / 2, "little": 0 < left < lead / 2, "behind": left < 0}


@computes("cells-term")
def cells_term():
    class OneGate(Cell):
        blocks = "fg"
        kept = 1

        def layers(self, x_t, h):
            z_f, z_g = np.split(x_t @ self.kernel + h @ self.recurrent_kernel + self.bias, 2, axis=1)
            return sigmoid(z_f), np.tanh(z_g)

        def turn(self, x_t, h):
            f, g = self.layers(x_t, h)
            return (f * h + (1 - f) * g,)

        def back(self, at, d_h):
            f, g = self.layers(at.x, at.h_prev)
            d_z = np.hstack([d_h * (at.h_prev - g) * f * (1 - f), d_h * (1 - f) * (1 - g**2)])
            return d_z, (self.kept * d_h * f + d_z @ self.recurrent_kernel.T,)

    cell = learn.cell(OneGate, 3, 4, np.random.default_rng(0))
    assert max(gradient_check(cell).values()) < 1e-8
    OneGate.kept = 0
    off = {name: error > 1e-3 for name, error in gradient_check(cell, steps=4).items()}
    of_weights = [off[name] for name in ("kernel", "recurrent_kernel", "bias")]
    return {
        "state": off["h"] and not any(of_weights),
        "weights": all(of_weights) and not off["h"],
        "all": all(off.values()),
    }


@computes("cells-sigmoid", keras=True)
def cells_sigmoid():
    import keras

    def loss(z, **logits):
        return float(keras.losses.binary_crossentropy(np.float32([1.0]), np.float32([z]), **logits))

    flat = [loss(z) == loss(z + 0.01) for z in (-2.0, 2.0)]
    inside = all(np.isclose(loss(z), loss(z, from_logits=True)) for z in (-2.0, 0.5, 2.0))
    return {
        "error": not np.isfinite([loss(-2.0), loss(2.0)]).all(),
        "inside": inside,
        "flat": all(flat),
        "metric": not any(flat) and not inside,
    }


@computes("cells-other")
def cells_other():
    kernel, recurrent, bias = weights(3, 4, blocks=3)
    theirs, x = GRUCell(kernel, recurrent, bias, reset_after=False), draw(2, 6, 3)
    h, wanted = np.zeros((2, 4)), []
    for x_t in x.swapaxes(0, 1):
        z, _, g, _ = theirs.turn(x_t, h)
        h = (1 - z) * h + z * g
        wanted.append(h)

    def fits(change):
        return np.allclose(GRUCell(*map(change, (kernel, recurrent, bias)), reset_after=False)(x), np.stack(wanted, 1))

    def of_z(change):
        return lambda w: np.concatenate([change(w[..., :4]), w[..., 4:]], axis=-1)

    return {
        "swap": fits(lambda w: np.concatenate([w[..., 8:], w[..., 4:8], w[..., :4]], axis=-1)),
        "sign": fits(of_z(np.negative)),
        "one_minus": fits(of_z(lambda w: 1 - w)),
        "nothing": fits(lambda w: w),
    }
