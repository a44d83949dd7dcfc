"""Made-up records, and what a recipe's model is made of."""

import itertools

import pytest


@pytest.fixture
def folder(made, tmp_path):
    """Two recipes with two seeds on eight examples; the second recipe alone has seed 3."""
    into = tmp_path / "runs"
    into.mkdir()
    for one in (
        made("first", 1, [1, 1, 1, 1, 1, 1, 0, 0]),
        made("first", 2, [1, 1, 1, 1, 1, 1, 1, 1]),
        made("second", 1, [1, 1, 1, 0, 0, 0, 1, 0]),
        made("second", 2, [0, 1, 1, 1, 1, 1, 1, 1]),
        made("second", 3, [0] * 8),
    ):
        (into / f"{one.stem}.json").write_text(one.to_json())
    return into


@pytest.fixture(scope="session")
def parameters():
    """parameters(recipe): trained numbers in a recipe's model, from its shapes."""

    def count(recipe):
        of = recipe.whole
        if recipe.model == "bag":
            widths = (of["num_words"], *of["hidden"], 1)
            return sum((a + 1) * b for a, b in itertools.pairwise(widths))
        H, D, V = of["units"], of["embedding"], of["num_words"]
        blocks, more = {
            "simple_rnn": (1, 0),
            "gru": (3, 3 * H),  # a second row of biases
            "lstm_no_forget": (3, 0),
            "lstm_coupled": (3, 0),
            "lstm_chollet": (4, H * H),
            "lstm_peephole": (4, 3 * H),
        }.get(of["layer"], (4, 0))
        ways = 2 if of.get("bidirectional") else 1
        widths = (ways * H, *([of["dense"]] if of["dense"] else []), 1)
        below = V * D + ways * (blocks * H * (D + H + 1) + more)
        return below + sum((a + 1) * b for a, b in itertools.pairwise(widths))

    return count
