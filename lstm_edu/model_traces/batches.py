"""x as `model.predict` takes it, in batches: an array, several in a list or dict, or what gives batches itself."""

from dataclasses import dataclass

from ..common import checks

SIZE = 256  # sequences in a batch. A step of the loop takes Keras as long for 32 of them as for 256.


@dataclass(frozen=True)
class Batches:
    """`x` in batches of `size`: iterate over it. `count` sequences in all, None where nobody knows."""

    x: object
    size: int | None = None
    count: int | None = None

    @property
    def number(self):
        """How many batches, None where nobody knows."""
        return None if self.count is None else -(-self.count // self.size)

    def __iter__(self):
        import keras

        if self.count is None:
            for batch in self.x:
                yield keras.utils.unpack_x_y_sample_weight(batch)[0]
        else:
            for first in range(0, self.count, self.size):
                yield keras.tree.map_structure(lambda array, first=first: array[first : first + self.size], self.x)


def batches(x, size, fixed):
    """`Batches` of x. size: as many sequences in each, None for the usual; fixed: as many as the model was built for,
    or None. Raises ValueError or TypeError.
    """
    import keras

    if size is not None:
        checks.whole(size, "batch_size", 1, 2**31)
        if fixed is not None and size != fixed:
            raise ValueError(f"batch_size: expected {fixed}, the size that the model was built for, got {size}")
    if isinstance(x, keras.utils.PyDataset):
        x = map(x.__getitem__, range(x.num_batches))
    if _gives_batches(x):
        if size is not None:
            raise ValueError(f"batch_size: expected None, because x comes in batches of its own, got {size}")
        return Batches(x)
    arrays = _checked(x)
    count = _count(arrays)
    if fixed is not None and count % fixed:
        raise ValueError(f"x: expected a multiple of {fixed} sequences, which the model was built for, got {count}")
    return Batches(arrays, fixed or size or SIZE, count)


def _gives_batches(x):
    """Whether x is no array and holds none, but hands out batches: a data set, a generator."""
    return hasattr(x, "__iter__") and not hasattr(x, "shape") and not isinstance(x, (list, tuple, dict, str, bytes))


def _checked(x):
    """x, each array of it looked at. A list of numbers, or of lists of numbers, is one array."""
    if isinstance(x, dict):
        if not x:
            raise ValueError("x: expected arrays as for model.predict, got an empty dict")
        return {name: _array(value, f"x[{name!r}]") for name, value in x.items()}
    if isinstance(x, (list, tuple)) and any(getattr(one, "shape", ()) != () for one in x):
        return [_array(value, f"x[{k}]") for k, value in enumerate(x)]
    return _array(x, "x")


def _array(value, argument):
    """An array, or a tensor as it is; its first axis counts the sequences."""
    import keras

    if value is None or isinstance(value, (str, bytes)):
        raise TypeError(f"{argument}: expected arrays as for model.predict, got {type(value).__name__}")
    if not keras.ops.is_tensor(value):
        try:
            value = checks.plain(value, argument)
        except ValueError as error:  # rows of different lengths
            raise ValueError(f"{error}: pad them first, as for model.predict") from None
        text = value.dtype.kind in "SU" or (value.dtype.kind == "O" and all(isinstance(v, str) for v in value.flat))
        if value.dtype.kind not in "fiub" and not text:
            raise TypeError(f"{argument}: expected real numbers or texts, got dtype {value.dtype}")
    if len(value.shape) == 0 or value.shape[0] == 0:
        raise ValueError(f"{argument}: expected at least one sequence, got shape {tuple(value.shape)}")
    return value


def _count(arrays):
    """How many sequences there are, the same in every array."""
    if not isinstance(arrays, (dict, list)):
        return len(arrays)
    named = arrays.items() if isinstance(arrays, dict) else enumerate(arrays)
    counts = {f"x[{name!r}]": len(array) for name, array in named}
    if len(set(counts.values())) > 1:
        told = ", ".join(f"{name} has {count}" for name, count in counts.items())
        raise ValueError(f"x: expected the same number of sequences in each array, but {told}")
    return next(iter(counts.values()))
