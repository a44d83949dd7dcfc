"""What a trainer hands back."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Trained:
    """The outcome of one run, unrounded.

    >>> fitted = Trained(
    ...     arrays={"w": np.array([1.9])},
    ...     history={"step": [10, 100], "loss": [0.7, 0.1]},
    ...     results={"error": 0.05},
    ...     tested=1_000,
    ...     seconds=[0.4],
    ...     versions={"numpy": np.__version__},
    ... )
    """

    arrays: dict  # name -> trained array
    history: dict  # name -> one value for each epoch, or for each of the steps that stand under "step"
    results: dict  # name -> number, measured on the test part; the first is the one the run is judged by
    tested: int  # how many examples it was measured on
    validated: int = 0  # how many were held back while it trained
    right: np.ndarray | None = None  # (tested,) bool; None where an answer is not right or wrong
    seconds: list  # for each epoch; one number where there are none
    versions: dict  # package -> version


def line(where, means, seconds):
    """What a trainer says of an epoch. means: its accuracy, and that of the validation where there is one."""
    validation = f", validation {means['val_accuracy']:.3f}" if "val_accuracy" in means else ""
    return f"{where}: accuracy {means['accuracy']:.3f}{validation}, {seconds:.0f} s"
