"""A recurrent layer in one direction or in both, as PyTorch and ONNX have it."""

from dataclasses import dataclass

import numpy as np

from ..cells import Cell


@dataclass(frozen=True)
class Layer:
    """`forward` and `backward`, a cell each, or None where the layer does not read in that direction.

    Called, it gives the outputs in time order: (B, T, H), with both directions (B, T, 2H), forward then backward.

    >>> from lstm_edu import SimpleRNNCell
    >>> there, back = (SimpleRNNCell([[1.0]], [[1.0]], activation="linear") for _ in range(2))
    >>> directed(there, back)([[[1.0], [2.0], [4.0]]]).tolist()
    [[[1.0, 7.0], [3.0, 6.0], [7.0, 4.0]]]
    """

    forward: Cell | None = None
    backward: Cell | None = None

    def run(self, x, mask=None):
        """(the trace forward, the trace backward), None for a direction that there is not; the second in its own
        processing order, the last step first. x (B, T, D), mask (B, T) of booleans.
        """
        return tuple(None if cell is None else cell.run(x, mask=mask) for cell in (self.forward, self.backward))

    def __call__(self, x, mask=None):
        return np.concatenate([trace.in_time("h") for trace in self.run(x, mask) if trace is not None], axis=-1)


def directed(forward=None, backward=None, zero_output_for_mask=True):
    """A `Layer` of these cells, which are told their direction, and that the output of a masked step is zero: PyTorch's
    `pad_packed_sequence` and ONNX fill with zeros.
    """
    for cell, backwards in ((forward, False), (backward, True)):
        if cell is not None:
            cell.go_backwards, cell.zero_output_for_mask = backwards, zero_output_for_mask
    return Layer(forward, backward)


def as_layer(value, argument):
    """A `Layer`, or a cell alone as one; its cells go the ways that they stand for, and are of the same kind and size,
    both with a bias or both without.
    """
    if isinstance(value, Cell):
        value = Layer(backward=value) if value.go_backwards else Layer(forward=value)
    if not isinstance(value, Layer):
        raise TypeError(f"{argument}: expected a cell or a Layer, got {type(value).__name__}")
    cells = [cell for cell in (value.forward, value.backward) if cell is not None]
    if not cells:
        raise ValueError(f"{argument}: expected a Layer with a cell, got one without")
    for way, cell in (("forward", value.forward), ("backward", value.backward)):
        if cell is not None and cell.go_backwards != (way == "backward"):
            raise ValueError(
                f"{argument}: expected {way}.go_backwards to be {way == 'backward'}, got {cell.go_backwards}"
            )
    one, other = cells[0], cells[-1]
    for what, here, there in (
        ("kind", type(one).__name__, type(other).__name__),
        ("shape of kernel", one.kernel.shape, other.kernel.shape),
        ("shape of recurrent_kernel", one.recurrent_kernel.shape, other.recurrent_kernel.shape),
        ("dtype", one.kernel.dtype, other.kernel.dtype),
        ("bias", *("none" if cell.bias is None else cell.bias.shape for cell in (one, other))),
    ):
        if here != there:
            raise ValueError(f"{argument}: expected the same {what} in both directions, got {here} and {there}")
    return value
