"""Filmed trainings: a plain loop and an LSTM, looked at every few batches while they learn the same task.

    film("letter_30")     a `Film`, held against the card that says how it was made
    names()               which there are
    facts()               what prose may say of them

`python -m lstm_edu.runs film NAME` makes them anew (`runs/filming.py`).
"""

from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

import numpy as np

from .common import cards, checks
from .tasks import LETTERS

FOLDER = Path(__file__).resolve().parent / "data" / "films"
WHAT = "a film"
PARTS = {"simple_rnn": "h", "lstm": "fioc"}  # the cells, and what of their traces is kept
FORMS = {  # of the arrays in the file, by the last part of their names; float32 of all others
    "batch": np.int32,
    "inputs": bool,
    **dict.fromkeys("fio", np.uint8),
    **dict.fromkeys("ch", np.int8),
}


@dataclass(frozen=True, eq=False)
class Film:
    """K frames of two trainings. The cells are "simple_rnn" and "lstm", with H units each.

    card: how it was made. stored: the arrays of the file, as they stand there: gates in 255ths, h in 127ths, the belt
    in 127ths of its largest value, all else in float32.

    >>> from lstm_edu.films import film
    >>> one = film("letter_30")
    >>> one.batch[:3].tolist(), one.part("lstm", "f").shape
    ([0, 25, 50], (33, 35, 16))
    >>> one.flag, one.bell
    (4, 34)
    """

    name: str
    card: dict
    stored: dict

    @property
    def batch(self):
        """After how many batches each frame was taken (K,)."""
        return self.stored["batch"]

    @property
    def inputs(self):
        """The sequence whose gates are shown (T, D): a column for each letter, then the flag, the bell."""
        return self.stored["inputs"]

    @property
    def letters(self):
        """Which letter comes by at each step (T,): 0 to 3."""
        return self.inputs[:, :LETTERS].argmax(axis=1)

    @property
    def flag(self):
        """The step at which the flag goes up."""
        return int(self.inputs[:, LETTERS].argmax())

    @property
    def bell(self):
        """The step at which the bell rings: the last one."""
        return int(self.inputs[:, LETTERS + 1].argmax())

    def right(self, cell):
        """The share of the examples that it answers right (K,); chance is one in four."""
        return self.stored[f"{_known(cell)}.right"]

    def part(self, cell, part):
        """A part of its trace of the one sequence (K, T, H): the plain loop's "h"; the LSTM's "f", "i", "o", "c"."""
        stored = self.stored[f"{cell}.{checks.one_of(part, tuple(PARTS[_known(cell)]), 'part')}"]
        return stored / np.iinfo(stored.dtype).max * self.most(cell, part)

    def most(self, cell, part):
        """The number that the largest whole number of a part stands for: 1, but for the belt."""
        return float(self.stored.get(f"{cell}.{part}_most", 1))

    def left(self, cell):
        """How much of the slope is left at each step (K, T): its length there over its length at the bell. Of the
        plain loop for h, of the LSTM for the belt c.
        """
        slope = self.stored[f"{cell}.slope_c" if _known(cell) == "lstm" else f"{cell}.slope_h"].astype(np.float64)
        return slope / slope[:, [self.bell]]

    @cached_property
    def kept(self):
        """f at the quiet steps, those between flag and bell: the mean over them and all units (K,)."""
        return self.part("lstm", "f")[:, self.flag + 1 : self.bell].mean(axis=(1, 2))

    def bend(self, cell):
        """The slope of the tanh at the quiet steps, 1 where it is straight: the mean over them and all units (K,). Of
        the plain loop where h is made, of the LSTM where the belt is read.
        """
        h = self.part(cell, "h") if cell == "simple_rnn" else np.tanh(self.part(cell, "c"))
        return (1 - h[:, self.flag + 1 : self.bell] ** 2).mean(axis=(1, 2))


def _known(cell):
    return checks.one_of(cell, tuple(PARTS), "cell")


def names(folder=FOLDER):
    """The names of the films, sorted.

    >>> names()
    ['letter_30']
    """
    return sorted(path.stem for path in Path(folder).glob("*.npz"))


def film(name, folder=FOLDER):
    """The `Film` of that name. Raises FileNotFoundError where there is none, ValueError where the file is not the one
    that its card describes.
    """
    with np.load(BytesIO(cards.content(folder, name, WHAT)), allow_pickle=False) as arrays:
        return Film(name, cards.card(folder, name, WHAT), dict(arrays))


def facts(folder=FOLDER):
    """{NAME.film.WHAT: (value, form)}, for prose."""
    found = {}
    for one in (film(name, folder) for name in names(folder)):
        of_lstm = {"reached": one.left("lstm")[:, one.flag] >= 1}
        of_lstm |= {name: one.right("lstm") >= share for name, share in (("began", 0.5), ("learnt", 0.95))}
        facts = {
            "bytes": (one.card["bytes"], "count"),
            "frames": (len(one.batch), "count"),
            "lstm.right": (one.right("lstm")[-1], "percent"),
            "simple_rnn.best": (one.right("simple_rnn").max(), "percent"),
            "kept.first": (one.kept[0], "gate"),
            "kept.last": (one.kept[-1], "gate"),
            **{
                f"{cell}.bend.{end}": (one.bend(cell)[k], "gate")
                for cell in PARTS
                for end, k in {"first": 0, "last": -1}.items()
            },
            **{
                f"lstm.{name}": (one.batch[reached.argmax()], "count")
                for name, reached in of_lstm.items()
                if reached.any()
            },
        }
        found |= {f"{one.name}.film.{what}": fact for what, fact in facts.items()}
    return found


def packed(arrays):
    """The bytes of a film's file: {name: array} as `Film.stored` has them, but all as they were computed."""
    stored = {}
    for name, array in arrays.items():
        dtype = FORMS.get(name.rpartition(".")[2], np.float32)
        if dtype in (np.uint8, np.int8):
            most = np.float32(max(1, np.abs(array).max()))
            stored |= {f"{name}_most": most} if most > 1 else {}
            array = np.rint(array / most * np.iinfo(dtype).max)
        stored[name] = array.astype(dtype)
    buffer = BytesIO()
    np.savez_compressed(buffer, **stored)
    return buffer.getvalue()
