"""What is known of a layer's call beside a plain `Trace`: several cells, two directions, or why there is nothing."""

from dataclasses import dataclass

import numpy as np

from ..cells import Trace


@dataclass(frozen=True, eq=False)
class Stack:
    """What a layer with several cells (`StackedRNNCells`) leaves behind: `cells`, a `Trace` for each of them, the
    lowest first. Each reads the outputs of the one below.
    """

    cells: tuple

    @property
    def h(self):
        """The outputs (B, T, H), those of the highest cell, in processing order."""
        return self.cells[-1].h


@dataclass(frozen=True, eq=False)
class Directions:
    """What a `Bidirectional` leaves behind: `forward` and `backward`, a `Trace` or a `Stack` each, the second in its
    own processing order, the last step first; `merge_mode`, how Keras puts their outputs together.
    """

    forward: Trace | Stack
    backward: Trace | Stack
    merge_mode: str | None

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        raise AttributeError(f"{name}: expected one direction, got both: take .forward or .backward")


@dataclass(frozen=True, eq=False, repr=False)
class Unfollowed:
    """A layer's call that was not followed: the `reason`; and what Keras gave the layer, so that a cell of your own can
    follow it: `inputs` (B, T, D), `mask` (B, T), `initial_state`, arrays (B, H); and what it `returned`. None, or an
    empty tuple, where there was nothing.
    """

    reason: str
    inputs: np.ndarray | None = None
    mask: np.ndarray | None = None
    initial_state: tuple = ()
    returned: tuple = ()

    def __repr__(self):
        return f"Unfollowed: {self.reason}"

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        raise AttributeError(f"{name}: expected a layer that was followed, got one that was not: {self.reason}")
