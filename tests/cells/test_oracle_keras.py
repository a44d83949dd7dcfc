"""Keras as an oracle: random cells, forward and backward, against its layers and TensorFlow's GradientTape."""

import numpy as np
import pytest
from cases import KINDS, packed, parts_of
from oracles import cases, hold, slopes_of_a_loss

from lstm_edu.keras_bridge import to_keras

pytestmark = pytest.mark.keras

# 8 steps there and back, each side's sums in an order of its own
TOLERANCES = {
    "float32": 5e-6,  # worst seen 1.9e-6, the slope for a SimpleRNN's kernel; of the outputs 1.8e-6, a GRU's
    "float64": 2e-14,  # worst seen 6.4e-15, a GRU's outputs
}


def against_keras(case, errors):
    import tensorflow as tf

    d_outputs, d_state = slopes_of_a_loss(case)
    cell, trace = case.cell, case.run()
    slopes = trace.backward(d_outputs, packed(d_state))

    layer = to_keras(cell, go_backwards=case.go_backwards, return_sequences=True, return_state=True)
    x, start = tf.constant(case.x), [tf.constant(part) for part in parts_of(trace.initial_state)]
    given = None if case.initial_state is None else start
    with tf.GradientTape() as tape:
        tape.watch([x, *start])
        h, *state = layer(x, initial_state=given, mask=case.mask)
        loss = sum(tf.reduce_sum(d * part) for d, part in zip((d_outputs, *d_state), (h, *state), strict=True))
    weights = [layer.cell.kernel.value, layer.cell.recurrent_kernel.value]
    weights += [] if cell.bias is None else [layer.cell.bias.value]
    names = ["kernel", "recurrent_kernel", "bias"][: len(weights)]
    expected = tape.gradient(loss, [*weights, x, *start], unconnected_gradients="zero")

    errors.see("h", trace.h, h)
    for got, part in zip(parts_of(trace.state), state, strict=True):
        errors.see("state", got, part)
    for name, value in zip([*names, "inputs"], expected, strict=False):
        errors.see(f"d {name}", getattr(slopes, name), value)
    if given is not None:
        for got, value in zip(parts_of(slopes.initial_state), expected[len(weights) + 1 :], strict=True):
            errors.see("d initial_state", got, value)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", ["LSTM", "GRU", "GRU, reset before", "SimpleRNN"])
def test_forward_and_backward(name, dtype, last_lines):
    errors = hold(against_keras, cases(KINDS[name], np.dtype(dtype)), TOLERANCES[dtype])
    last_lines.append(f"Keras {name}, {dtype}: {errors}")
