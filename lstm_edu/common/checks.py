"""Every check of what a reader hands over, and its message: argument, what was expected, what came.

All of them run before any arithmetic. None reshapes or broadcasts: an array has the shape the notation page
gives it, or a `ValueError` says which one it should have had. An array that holds no real numbers is a `TypeError`.
"""

from math import isfinite
from numbers import Integral, Real

import numpy as np

INT32 = int(np.iinfo(np.int32).min), int(np.iinfo(np.int32).max)


def real(value, argument, dtype=None):
    """`value` as an array of real, finite numbers of this dtype; None: float64 stays, any other real type becomes
    float32. A number too large for the dtype is refused as an infinity is.
    """
    given = plain(value, argument)
    if given.dtype.kind not in "fiub":
        raise TypeError(f"{argument}: expected real numbers, got dtype {given.dtype}")
    with np.errstate(over="ignore"):
        array = given.astype(dtype or dtype_for(given), copy=False)
    if not np.isfinite(array).all():
        where = tuple(int(k) for k in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(f"{argument}: expected finite numbers of {array.dtype}, got {given[where]} at index {where}")
    return array


def plain(value, argument):
    """`value` as an array, if its rows are of one length and none of it is hidden by a mask of NumPy's own."""
    if isinstance(value, np.ma.MaskedArray):
        raise TypeError(f"{argument}: expected a plain array, got a masked one, whose mask would be lost")
    try:
        return np.asarray(value)
    except ValueError:
        raise ValueError(f"{argument}: expected an array, got rows of different lengths") from None


def dtype_for(array):
    """float64 in, float64 out; everything else is computed in float32, as Keras does by default."""
    return np.float64 if array.dtype.newbyteorder("=") == np.float64 else np.float32


def shaped(value, argument, shape, meaning, dtype=None):
    """`real(value)` if it has exactly this shape; `meaning` is the shape in the letters of the notation page."""
    array = real(value, argument, dtype)
    if array.shape != shape:
        raise ValueError(f"{argument}: expected shape {meaning} = {shape}, got {array.shape}")
    return array


def weights(kernel, recurrent_kernel, bias, blocks, bias_rows=None, from_pytorch="hand over its .T"):
    """The three weight arrays of a cell whose kernels hold `blocks` blocks of H columns side by side.

    kernel (D, blocks*H), recurrent_kernel (H, blocks*H), bias (blocks*H,), with bias_rows (bias_rows, blocks*H), or
    None. Returns all three, in the widest dtype of theirs. A square array fits both Keras' layout and PyTorch's
    transposed one and is read as Keras': a kernel with D = blocks*H, a recurrent kernel of one block. from_pytorch:
    what the message advises for PyTorch's layout; {H} in it stands for the number.
    """
    kernel = real(kernel, "kernel")
    recurrent_kernel = real(recurrent_kernel, "recurrent_kernel")
    columns = "H" if blocks == 1 else f"{blocks}H"
    shape = recurrent_kernel.shape
    if len(shape) != 2 or shape[1] != blocks * shape[0]:
        transposed = len(shape) == 2 and blocks > 1 and shape[0] == blocks * shape[1]
        hint = f" (the transposed layout, PyTorch's: {from_pytorch.format(H=shape[1])})" if transposed else ""
        raise ValueError(f"recurrent_kernel: expected shape (H, {columns}), got {shape}{hint}")
    units = shape[0]
    if units == 0:
        raise ValueError(f"recurrent_kernel: expected at least one unit, got shape {shape}")
    if kernel.ndim != 2 or kernel.shape[1] != blocks * units:
        raise ValueError(
            f"kernel: expected shape (D, {columns}) = (D, {blocks * units}), for recurrent_kernel has H = {units}, "
            f"got {kernel.shape}"
        )
    if bias is not None:
        rows, meaning = ((), f"({columns},)") if bias_rows is None else ((bias_rows,), f"({bias_rows}, {columns})")
        bias = shaped(bias, "bias", (*rows, blocks * units), meaning)
    arrays = kernel, recurrent_kernel, bias
    dtype = np.result_type(*(array for array in arrays if array is not None))
    return tuple(None if array is None else array.astype(dtype, copy=False) for array in arrays)


def inputs(x, input_size):
    """x (B, T, D), D as the kernel has it."""
    x = real(x, "x")
    if x.ndim != 3 or x.shape[2] != input_size:
        raise ValueError(f"x: expected shape (B, T, D) = (batch, steps, {input_size}), got {x.shape}")
    return x


def one_step(x_t, input_size):
    """x_t (B, D), the inputs of one turn of the loop."""
    x_t = real(x_t, "x_t")
    if x_t.ndim != 2 or x_t.shape[1] != input_size:
        raise ValueError(f"x_t: expected shape (B, D) = (batch, {input_size}), got {x_t.shape}")
    return x_t


def flag(value, argument):
    """A truth value, and not something that merely has one."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{argument}: expected True or False, got {value!r}")
    return bool(value)


def slopes(value, argument, shape, meaning, dtype):
    """An array of this shape; None stands for zeros."""
    if value is None:
        return np.zeros(shape, dtype)
    return shaped(value, argument, shape, meaning, dtype)


def states(value, argument, names, batch, units, dtype):
    """The arrays (B, H) of a state, as many as there are names; None stands for zeros, where every sequence starts.

    One array for a state of one name, a pair for one of two.
    """
    if len(names) == 1:
        return [slopes(value, argument, (batch, units), "(B, H)", dtype)]
    if value is None:
        value = [None] * len(names)
    if not isinstance(value, (tuple, list)) or len(value) != len(names):
        got = f"{len(value)} of them" if isinstance(value, (tuple, list)) else type(value).__name__
        raise ValueError(f"{argument}: expected a pair ({', '.join(names)}) of arrays (B, H), got {got}")
    return [
        slopes(part, f"{argument}[{k}] ({name})", (batch, units), "(B, H)", dtype)
        for k, (name, part) in enumerate(zip(names, value, strict=True))
    ]


def mask(value, batch, steps, argument="mask"):
    """Booleans (B, T), True where a step counts; None where all of them do."""
    if value is None:
        return None
    array = plain(value, argument)
    if array.dtype != bool:
        raise TypeError(f"{argument}: expected booleans ({argument}.astype(bool) makes them), got dtype {array.dtype}")
    if array.shape != (batch, steps):
        raise ValueError(f"{argument}: expected shape (B, T) = {(batch, steps)}, got {array.shape}")
    return array


def share(value, argument):
    """A gate's value: a number from 0 to 1."""
    return between(value, argument, 0, 1)


def between(value, argument, lowest, highest):
    """A number in a range, both ends included."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{argument}: expected a number from {lowest} to {highest}, got {type(value).__name__}")
    if not (isfinite(value) and lowest <= value <= highest):
        raise ValueError(f"{argument}: expected a number from {lowest} to {highest}, got {value}")
    return float(value)


def whole(value, argument, lowest, highest):
    """A whole number in a range, both ends included."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{argument}: expected a whole number, got {type(value).__name__}")
    if not lowest <= value <= highest:
        raise ValueError(f"{argument}: expected a whole number from {lowest} to {highest}, got {value}")
    return int(value)


def at_least(value, argument, lowest):
    """A whole number that is not below this one."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{argument}: expected a whole number, got {type(value).__name__}")
    if value < lowest:
        raise ValueError(f"{argument}: expected at least {lowest}, got {value}")
    return int(value)


def whole_numbers(value, argument):
    """`value` as an array of int32, if it holds whole numbers and each fits: none is wrapped round."""
    array = plain(value, argument)
    if array.size and array.dtype.kind not in "iu":
        raise TypeError(f"{argument}: expected whole numbers, got {array.dtype} with shape {array.shape}")
    if array.dtype != np.int32 and array.size:
        for extreme in (array.min(), array.max()):
            whole(extreme, argument, *INT32)
    return array.astype(np.int32, copy=False)


def texts(value, argument, count):
    """So many texts, one for each step; None where there are none."""
    if value is not None and (isinstance(value, str) or len(value) != count):
        got = type(value).__name__ if isinstance(value, str) else len(value)
        raise ValueError(f"{argument}: expected {count} texts, one for each step, got {got}")
    return value


def generator(value):
    """One of NumPy's generators, as `np.random.default_rng(seed)` makes them."""
    if not isinstance(value, np.random.Generator):
        raise TypeError(f"rng: expected a generator (np.random.default_rng(seed)), got {type(value).__name__}")
    return value


def one_of(value, names, argument):
    """One of some names."""
    if not isinstance(value, str):
        raise TypeError(f"{argument}: expected one of {', '.join(names)}, got {type(value).__name__}")
    if value not in names:
        raise ValueError(f"{argument}: expected one of {', '.join(names)}, got {value!r}")
    return value
