"""Whether a printed accuracy could be one of our runs."""

from dataclasses import replace

import pytest

from lstm_edu import runs
from lstm_edu.runs.claims import claims
from lstm_edu.runs.recipes import LSTM_32


@pytest.mark.parametrize(
    ("claimed", "found"),
    [
        ("", []),
        ("88%", [("validation", 0.88, 0)]),
        ("validation 89% and 88%", [("validation", 0.89, 0), ("validation", 0.88, 0)]),
        ("training 85%, test 86.79%", [("training", 0.85, 0), ("test", 0.8679, 2)]),
    ],
)
def test_a_claim_is_read(claimed, found):
    assert claims(claimed) == found


@pytest.mark.parametrize(
    ("claimed", "verdict"),
    [
        ("test 87.0%", "below"),  # ours are 87.5 and 88.25
        ("test 87%", "below"),  # ours are 88, rounded: 87.5 to the even one
        ("test 87.5%", "among"),
        ("test 88.2%", "among"),
        ("test 88.3%", "above"),
        ("test 88.25%", "among"),
        ("validation 90%", "among"),  # the best epochs, not the last
        ("validation 80%", "below"),
        ("training 99%", "among"),
    ],
)
def test_a_claim_is_compared_with_what_it_is_about(claimed, verdict):
    one = runs.records.load("lstm_32")[0]
    history = {"accuracy": [0.9, 0.99], "val_accuracy": [0.9, 0.8]}
    ours = [replace(one, history=history, results={"accuracy": test}) for test in (0.875, 0.8825)]
    [(_, _, found)] = runs.verdicts(replace(LSTM_32, claimed=claimed), ours)
    assert found == verdict


def test_what_no_run_measured_has_no_verdict():
    one = replace(runs.records.load("lstm_32")[0], history={"accuracy": [0.9]})
    assert runs.verdicts(LSTM_32, [one]) == [("validation", 0.89, None), ("validation", 0.88, None)]
