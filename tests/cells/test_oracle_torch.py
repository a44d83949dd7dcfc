"""PyTorch as an oracle: random cells, forward and backward, against its LSTM, GRU and RNN.

Padding on the right goes in as a packed sequence; the direction backwards is the second half of a bidirectional layer.
PyTorch is no requirement of this project: without it these tests are skipped.
"""

import numpy as np
import pytest
from cases import KINDS, packed, parts_of
from oracles import cases, hold, slopes_of_a_loss

from lstm_edu import GRUCell, LSTMCell
from lstm_edu.dialects import convert

torch = pytest.importorskip("torch", reason="PyTorch is not installed, so the cells were not held against it")
rnn_utils = torch.nn.utils.rnn

# 8 steps there and back, each side's sums in an order of its own
TOLERANCES = {
    "float32": 6e-6,  # worst seen 2.7e-6, the slope for a GRU's inputs
    "float64": 1e-14,  # worst seen 3.5e-15, the slope for a SimpleRNN's kernel
}


def same(columns):
    return columns


def z_r_swapped(columns):
    """From the columns z, r, g of Keras to r, z, n of PyTorch, or back."""
    first, second, third = np.split(columns, 3, axis=-1)
    return np.concatenate([second, first, third], axis=-1)


def lstm(case):
    return torch.nn.LSTM, convert(case.weights, "keras", "pytorch"), {}, same


def gru(case):
    return torch.nn.GRU, transposed(case.cell, z_r_swapped), {}, z_r_swapped


def rnn(case):
    return torch.nn.RNN, transposed(case.cell, same), {"nonlinearity": case.cell.activation}, same


def transposed(cell, order):
    """The arrays by PyTorch's names: columns become rows, and there is a bias on either side."""
    arrays = {"weight_ih_l0": order(cell.kernel).T, "weight_hh_l0": order(cell.recurrent_kernel).T}
    if cell.bias is not None:
        both = cell.bias if cell.bias.ndim == 2 else [cell.bias, np.zeros_like(cell.bias)]
        arrays |= dict(zip(("bias_ih_l0", "bias_hh_l0"), map(order, both), strict=True))
    return arrays


def against_torch(case, errors, translate):
    d_outputs, d_state = slopes_of_a_loss(case)
    cell, trace, counted = case.cell, case.run(), case.counted()[:, :, None]
    d_outputs = d_outputs * counted  # where a step does not count PyTorch's output is zero: no loss may look there
    slopes = trace.backward(d_outputs, packed(d_state))

    layer_class, arrays, options, order = translate(case)
    T, H = case.x.shape[1], cell.units
    options |= {"bias": cell.bias is not None, "batch_first": True, "bidirectional": case.go_backwards}
    layer = layer_class(case.x.shape[2], H, dtype=torch.from_numpy(case.x).dtype, **options)
    parameters = [getattr(layer, name + "_reverse" * case.go_backwards) for name in arrays]
    with torch.no_grad():
        for parameter, array in zip(parameters, arrays.values(), strict=True):
            parameter.copy_(torch.tensor(array))

    x = torch.tensor(case.x, requires_grad=True)
    start = [torch.tensor(part, requires_grad=True) for part in parts_of(trace.initial_state)]
    given = packed([torch.stack([part] * (1 + case.go_backwards)) for part in start])  # (directions, B, H)
    if case.initial_state is None:
        given = None
    if case.mask is None:
        h, state = layer(x, given)
    else:
        lengths = torch.tensor(case.mask.sum(axis=1))
        sequences = rnn_utils.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        sequences, state = layer(sequences, given)
        h, _ = rnn_utils.pad_packed_sequence(sequences, batch_first=True, total_length=T)
    h = h[:, :, H:].flip(1) if case.go_backwards else h  # the second of two directions, last step first
    state = [part[-1] for part in parts_of(state)]
    pairs = zip((d_outputs, *d_state), (h, *state), strict=True)
    sum((torch.tensor(d) * part).sum() for d, part in pairs).backward()

    errors.see("h", trace.h, h.detach(), counted | case.zero_output_for_mask)
    for got, part in zip(parts_of(trace.state), state, strict=True):
        errors.see("state", got, part.detach())
    d_kernel, d_recurrent_kernel, *d_biases = [order(parameter.grad.numpy().T) for parameter in parameters]
    errors.see("d kernel", slopes.kernel, d_kernel)
    errors.see("d recurrent_kernel", slopes.recurrent_kernel, d_recurrent_kernel)
    errors.see("d inputs", slopes.inputs, x.grad)
    for side, d_bias in enumerate(d_biases):
        errors.see("d bias", slopes.bias[side] if slopes.bias.ndim == 2 else slopes.bias, d_bias)
    if given is not None:
        for got, part in zip(parts_of(slopes.initial_state), start, strict=True):
            errors.see("d initial_state", got, part.grad)


def test_a_gru_is_read_as_the_message_says():
    """Each array of a layer, weights and biases, made by the line in the message that refuses them."""
    torch.manual_seed(0)
    layer = torch.nn.GRU(3, 4, batch_first=True, dtype=torch.float64)
    arrays = {name: value.detach().numpy() for name, value in layer.named_parameters()}
    with pytest.raises(ValueError) as caught:
        GRUCell(arrays["weight_ih_l0"], arrays["weight_hh_l0"])
    said = str(caught.value).split("hand over ")[1].split(" for each")[0]
    kernel, recurrent_kernel, *biases = (eval(said, {"w": w}) for w in arrays.values())
    x = np.random.default_rng(0).normal(size=(2, 6, 3))
    theirs = layer(torch.tensor(x))[0].detach().numpy()
    ours = GRUCell(kernel, recurrent_kernel, np.concatenate(biases))
    assert np.abs(ours(x) - theirs).max() < TOLERANCES["float64"]


def test_a_stack_in_both_directions_is_read_as_the_message_says():
    """The line of the message, with the names of each layer in turn."""
    torch.manual_seed(0)
    layer = torch.nn.LSTM(3, 4, num_layers=2, bidirectional=True, batch_first=True, dtype=torch.float64)
    weights = {name: value.numpy() for name, value in layer.state_dict().items()}
    with pytest.raises(ValueError) as caught:
        convert(weights, "pytorch", "keras")
    said = str(caught.value).split("one layer of them is ")[1]
    y = x = np.random.default_rng(0).normal(size=(2, 6, 3))
    for number in range(2):
        both = []
        for direction in ("", "_reverse"):
            line = said.replace("_l0_reverse", f"_l{number}{direction}")
            cell = LSTMCell(**convert(eval(line, {"weights": weights}), "pytorch", "keras"))
            h = cell(y, go_backwards=bool(direction))
            both.append(h[:, ::-1] if direction else h)
        y = np.concatenate(both, axis=-1)  # (B, T, 2H)
    theirs = layer(torch.tensor(x))[0].detach().numpy()
    assert np.abs(y - theirs).max() < TOLERANCES["float64"]


# PyTorch has no other activations, and a GRU with the reset after the product alone
LAYERS = {"LSTM": (lstm, ("tanh",)), "GRU": (gru, ("tanh",)), "SimpleRNN": (rnn, ("tanh", "relu"))}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", LAYERS)
def test_forward_and_backward(name, dtype, last_lines):
    translate, activations = LAYERS[name]
    errors = hold(
        lambda case, errors: against_torch(case, errors, translate),
        cases(KINDS[name], np.dtype(dtype), activations, gates=("sigmoid",), masks=("none", "right")),
        TOLERANCES[dtype],
    )
    last_lines.append(f"PyTorch {name}, {dtype}: {errors}")
