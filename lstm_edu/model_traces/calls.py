"""What a layer is given and what it gives back, caught while Keras runs it.

A layer's `call` is the one door that everybody goes through: `__call__`, and `TimeDistributed`, which goes past
`__call__`. So while a model is watched, each layer has a `call` of its own in its `__dict__`, which notes and then does
what the class says. It is gone again when the watching ends, by whatever way.
"""

import inspect
import sys
from contextlib import contextmanager
from functools import wraps
from typing import NamedTuple

import numpy as np

ONE_BATCH = "hand over all of x in one batch, by batch_size"


class Call(NamedTuple):
    """One call of a layer: lists of arrays, B first in each; an empty list where there was nothing."""

    inputs: list  # [(B, T, D)]
    mask: list  # [(B, T)]
    initial_state: list  # [(B, H), ...], flat
    returned: list  # the output, and with return_state the states, flat

    @property
    def bytes(self):
        return sum(array.nbytes for arrays in self for array in arrays)


class NoValues(ValueError):
    """A layer was called with tensors that have no values yet: inside a function that is compiled first."""


@contextmanager
def noted(layers):
    """While it lasts, each call of a layer is noted: a list of (place, `Call` or `NoValues`), in their order.

    layers: {place: layer}.
    """
    calls, own = [], {}
    try:
        for place, layer in layers.items():
            if id(layer) not in own:  # one layer may stand at two places
                own[id(layer)] = layer, layer.__dict__.get("call")
                layer.__dict__["call"] = _noting(layer, place, calls)  # past Keras' own __setattr__, which tracks
        yield calls
    finally:
        for layer, call in own.values():
            if call is None:
                layer.__dict__.pop("call", None)
            else:
                layer.__dict__["call"] = call


def _noting(layer, place, calls):
    """The layer's `call`, which notes what comes and goes."""
    call = layer.call
    names = list(inspect.signature(call).parameters)

    @wraps(call)
    def noting(*arguments, **options):
        given = dict(zip(names, arguments, strict=False)) | options
        state = given.get("initial_state")
        if state is None:
            state = getattr(layer, "states", None)  # of a stateful layer; the call will change it
        try:
            before = [_arrays(value) for value in (given[names[0]], given.get("mask"), state)]
        except NoValues as error:
            calls.append((place, error))
            return call(*arguments, **options)
        made = call(*arguments, **options)
        calls.append((place, Call(*before, _arrays(made))))
        return made

    return noting


def each_call(of_batches):
    """What a layer was given and gave, over all batches: a list of a `Call` for each of its calls, or of the reason,
    a ValueError, why there is none. of_batches: for each batch, the calls of the layer.
    """
    numbers = {len(calls) for calls in of_batches}
    if numbers == {0}:
        return [ValueError("the model does not call it for this x")]
    if len(numbers) > 1:
        return [ValueError(f"it is not called the same number of times in each batch: {ONE_BATCH}")]
    return [_joined(calls) for calls in zip(*of_batches, strict=True)]


def _joined(calls):
    """One `Call` of those of all batches, or the reason why there is none."""
    reason = next((call for call in calls if isinstance(call, NoValues)), None)
    if reason is None:
        try:
            return Call(*(_along_the_batch(lists) for lists in zip(*calls, strict=True)))
        except ValueError:
            reason = ValueError(f"its arrays do not have the same shape in each batch: {ONE_BATCH}")
    return reason


def _along_the_batch(lists):
    return [arrays[0] if len(arrays) == 1 else np.concatenate(arrays) for arrays in zip(*lists, strict=True)]


def _arrays(value):
    """A tensor, or what holds tensors, as a flat list of arrays of its own; [] for None."""
    import keras

    return [] if value is None else [_array(tensor) for tensor in keras.tree.flatten(value) if tensor is not None]


def _array(tensor):
    """Half precision comes as float32, in which every one of its numbers has its place."""
    import keras

    if isinstance(tensor, keras.Variable):
        return np.array(tensor.numpy())
    if _is_symbolic(tensor):
        raise NoValues("the model calls it in a function that is compiled first, where tensors have no values")
    if keras.backend.standardize_dtype(tensor.dtype) in ("float16", "bfloat16"):
        tensor = keras.ops.cast(tensor, "float32")
    return np.array(keras.ops.convert_to_numpy(tensor))


def _is_symbolic(tensor):
    """Whether it stands for a value that comes later, as in a function that TensorFlow compiles."""
    tensorflow = sys.modules.get("tensorflow")
    return tensorflow is not None and tensorflow.is_symbolic_tensor(tensor)


@contextmanager
def undisturbed(model, layers):
    """While it lasts, the model may run: afterwards its states and random generators are where they were before.

    layers: {place: layer}, whose states the model does not list among its variables.
    """
    import keras

    states = [layer.states for layer in layers.values() if getattr(layer, "states", None) is not None]
    kept = [v for v in model.variables if not v.trainable] + keras.tree.flatten(states)
    before = [_array(variable) for variable in kept]
    try:
        yield
    finally:
        for variable, value in zip(kept, before, strict=True):
            variable.assign(value)


@contextmanager
def eagerly():
    """While it lasts, TensorFlow compiles nothing: what a model's author put into a `tf.function` runs line by line."""
    import keras

    if keras.backend.backend() != "tensorflow":
        yield
        return
    import tensorflow as tf

    before = tf.config.functions_run_eagerly()
    tf.config.run_functions_eagerly(True)
    try:
        yield
    finally:
        tf.config.run_functions_eagerly(before)
