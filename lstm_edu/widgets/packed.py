"""Arrays of numbers on their way to the page: js/numbers/packed.js opens them."""

from base64 import b64encode

import numpy as np


def packed(array):
    """An array with its dtype: int8 or uint8, float32 where it loses nothing by it, else float64. None for None."""
    if array is None:
        return None
    with np.errstate(over="ignore"):
        if array.dtype not in (np.int8, np.uint8) and (array.astype(np.float32) == array).all():
            array = array.astype(np.float32)
    return {"dtype": array.dtype.name, "data": base64(array, array.dtype)}


def base64(array, dtype):
    """The bytes of an array, little-endian, in base64."""
    return b64encode(array.astype(np.dtype(dtype).newbyteorder("<")).tobytes()).decode("ascii")
