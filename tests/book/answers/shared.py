"""How a question gets its answer computed, and what the computations of several chapters need."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from lstm_edu import LSTMCell, imdb, runs
from lstm_edu.dialects import convert
from lstm_edu.network import Network, shipped
from lstm_edu.widgets.check import questions
from lstm_edu.words import Words

ROOT = Path(__file__).resolve().parents[3]
QUESTIONS = questions()
COMPUTED = {}


@dataclass
class Computed:
    """What a question's answer is, its wrong answers in their order, and other numbers that its sentences tell."""

    answer: object
    wrong: list = field(default_factory=list)
    told: list = field(default_factory=list)


def computes(name, keras=False):
    """The function below computes the question `name`: a Computed, or a dict, choice -> whether it is right."""

    def keep(function):
        assert name not in COMPUTED, f"two functions compute {name}"
        COMPUTED[name] = pytest.param(name, function, id=name, marks=[pytest.mark.keras] if keras else [])
        return function

    return keep


def weights(D, H, seed=0, blocks=4):
    rng = np.random.default_rng(seed)
    return [rng.normal(size=shape) for shape in ((D, blocks * H), (H, blocks * H), (blocks * H,))]


def draw(*shape, seed=1):
    return np.random.default_rng(seed).normal(size=shape)


def count(layer, D):
    """How many numbers a Keras layer really has, on inputs of D numbers."""
    layer.build((None, None, D))
    return layer.count_params()


def true_by_number(value, numbers):
    """choice -> whether it is the one whose number is nearest to `value`."""
    nearest = min(numbers, key=lambda choice: abs(numbers[choice] - value))
    return {choice: choice == nearest for choice in numbers}


@cache
def positive():
    """The trained network: a list of texts -> their probabilities (n,)."""
    net = shipped("lstm_32")

    def answer(ids, curve="sigmoid"):
        cell = LSTMCell(*(net.weights[name] for name in LSTMCell.weights), recurrent_activation=curve)
        return Network(net.embedding, cell, net.dense, net.length)(ids)

    return answer


def padded(texts, **options):
    return imdb.pad([imdb.encode(text) for text in texts], 500, **options)


def choices(name):
    """key -> text of a question's choices."""
    say = Words(f"questions/{QUESTIONS[name]['chapter']}")
    return {key: say(f"{name}.choices.{key}") for key in QUESTIONS[name]["choices"]}


def torch_count(H, D):
    """PyTorch's LSTM, as `convert` lays it out: both biases counted."""
    ours = dict(zip(("kernel", "recurrent_kernel", "bias"), weights(D, H), strict=True))
    return sum(array.size for array in convert(ours, "keras", "pytorch").values())


def means(*names):
    return {name: np.mean([r.results["accuracy"] for r in runs.records.load(name)]) for name in names}


def best_of(name):
    """choice -> whether it is the recipe with the best mean on the test reviews."""
    found = means(*QUESTIONS[name]["choices"])
    return {recipe: accuracy == max(found.values()) for recipe, accuracy in found.items()}
