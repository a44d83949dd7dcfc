"""The small pictures of all runs: what they show is what was recorded."""

import re
from dataclasses import replace

import pytest

from lstm_edu import figures, runs
from lstm_edu.figures.gallery import HIGH, height, picture

RECORDS = runs.records.load("lstm_32")


def test_a_curve_goes_through_what_was_measured():
    assert height(1) == 0 and height(0.5) == HIGH == height(0.2)
    svg = picture(RECORDS[:1])
    places = [float(y) for _, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", svg.split('opacity="0.7"')[0])]
    curve = RECORDS[0].history["val_accuracy"]
    assert places[-len(curve) :] == [round(height(value), 1) for value in curve]
    assert svg.count("<circle") == 1 and 'aria-label="Runs: 1. On the test reviews 86.1% to 86.1% are right.' in svg


def test_a_line_opens_to_each_run_and_its_file():
    html = figures.gallery({"lstm_32": ("A sentence with <b>.", RECORDS)}, "runs")._repr_html_()
    assert "A sentence with &lt;b&gt;." in html and 'href="runs/lstm_32.jsonl"' in html
    assert "5 runs, test 87.1% on average" in html and html.count("<tr>") == 6
    assert "87.2% (epoch 9)" in html


def test_a_recipe_without_validation_has_dots_alone():
    one = replace(RECORDS[0], history={"accuracy": [0.9], "loss": [0.3]})
    html = figures.gallery({"lstm_32": ("", [one])}, "runs")._repr_html_()
    assert "<circle" in html and "Validation from" not in html and "\N{EN DASH}" in html


def test_a_logistic_regression_names_its_strength():
    history = {"strength": [0.01, 0.1], "accuracy": [0.9, 0.95], "val_accuracy": [0.8, 0.85]}
    html = figures.gallery({"lstm_32": ("", [replace(RECORDS[0], history=history)])}, "runs")._repr_html_()
    assert "85.0% (C = 0.1)" in html


def test_a_recipe_without_runs_is_refused():
    with pytest.raises(ValueError, match="recipes: expected at least one record of lstm_32, got none"):
        figures.gallery({"lstm_32": ("", [])}, "runs")
