"""How a weight follows its slope. Each rule is one step: it changes the arrays in `weights` and `memory` in place.

weights, slopes: {name: array}; the slopes of an embedding are `Rows`. memory: what a rule keeps from step to step; an
empty dictionary at first. The rules and their numbers are those of Keras 3 (`keras.optimizers`): its epsilon is 1e-7,
and in RMSprop it stands inside the root. Where a word stands in a batch several times, Keras (with TensorFlow) squares
the slope of each place and adds up the squares, and so do these: the word's v is smaller than the square of its slope.

Sources: B. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964 (momentum); T. Tieleman, G.
Hinton, "Lecture 6.5: RMSProp", Coursera 2012; D. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR
2015.
"""

from functools import wraps
from inspect import signature

import numpy as np

from ..network.layers import Rows


def sgd(weights, slopes, memory, learning_rate=0.01, momentum=0.0):
    """w += v, where v = momentum * v - learning_rate * slope."""
    for name, w in weights.items():
        where, slope, _ = reached(slopes[name])
        if not momentum:
            w[where] -= learning_rate * slope
            continue
        v = kept(memory, "v", name, w)
        v *= momentum
        v[where] -= learning_rate * slope
        w += v


def rmsprop(weights, slopes, memory, learning_rate=0.001, rho=0.9, epsilon=1e-7):
    """w -= learning_rate * slope / sqrt(v + epsilon), where v = rho * v + (1 - rho) * slope^2."""
    for name, w in weights.items():
        where, slope, square = reached(slopes[name])
        v = smoothed(memory, name, w, rho, where, square)
        w[where] -= learning_rate * slope / np.sqrt(v + epsilon)


def rmsprop_epsilon_outside(weights, slopes, memory, learning_rate=0.001, rho=0.9, epsilon=1e-7):
    """As `rmsprop`, its epsilon outside of the root: w -= learning_rate * slope / (sqrt(v) + epsilon)."""
    for name, w in weights.items():
        where, slope, square = reached(slopes[name])
        v = smoothed(memory, name, w, rho, where, square)
        w[where] -= learning_rate * slope / (np.sqrt(v) + epsilon)


def rmsprop_2017(weights, slopes, memory, learning_rate=0.001, rho=0.9, epsilon=1e-8):
    """As `rmsprop` was in Keras 2.0: its epsilon is smaller and outside of the root, and where a word stands in a batch
    several times, its slopes are added up before they are squared.
    """
    for name, w in weights.items():
        where, slope, _ = reached(slopes[name])
        v = smoothed(memory, name, w, rho, where, slope * slope)
        w[where] -= learning_rate * slope / (np.sqrt(v) + epsilon)


def adam(weights, slopes, memory, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    """w -= a * m / (sqrt(v) + epsilon), where m = beta_1 * m + (1 - beta_1) * slope and v = beta_2 * v + (1 - beta_2) *
    slope^2. In the t-th step a = learning_rate * sqrt(1 - beta_2^t) / (1 - beta_1^t): m and v began at zero.
    """
    t = memory["t"] = memory.get("t", 0) + 1
    a = learning_rate * np.sqrt(1 - beta_2**t) / (1 - beta_1**t)
    for name, w in weights.items():
        where, slope, square = reached(slopes[name])
        m, v = kept(memory, "m", name, w), kept(memory, "v", name, w)
        m *= beta_1
        m[where] += (1 - beta_1) * slope
        v *= beta_2
        v[where] += (1 - beta_2) * square
        w -= w.dtype.type(a) * m / (np.sqrt(v) + w.dtype.type(epsilon))


def falling(rule, steps):
    """The rule, with a learning rate that falls on a straight line, from what it is at first to 0 after `steps`."""
    first = signature(rule).parameters["learning_rate"].default

    @wraps(rule)
    def step(weights, slopes, memory, learning_rate=first, **rates):
        done = memory.get("steps", 0)
        memory["steps"] = done + 1
        rule(weights, slopes, memory, learning_rate=learning_rate * max(1 - done / steps, 0), **rates)

    step.__name__ = f"{rule.__name__} falling over {steps} steps"  # a checkpoint keeps it
    return step


def reached(slopes):
    """Which part of a weight has slopes, all of it or some rows; these, and their squares."""
    if isinstance(slopes, Rows):
        return slopes.ids, slopes.values, slopes.squares
    return ..., slopes, slopes * slopes


def smoothed(memory, name, weight, rho, where, square):
    """v of a weight after this step, where it has slopes; elsewhere it fades as well."""
    v = kept(memory, "v", name, weight)
    v *= rho
    v[where] += (1 - rho) * square
    return v[where]


def kept(memory, part, name, weight):
    """The array that a rule keeps for a weight; zeros at first."""
    return memory.setdefault(f"{part}/{name}", np.zeros_like(weight))
