"""The examples in docstrings run, and a public class has one."""

import doctest
import importlib
import inspect
import pkgutil

import pytest

import lstm_edu

ROOMS = ("cells", "cells.variants")  # whose every public class has an example
EXAMPLES = [
    example
    for module in pkgutil.walk_packages(lstm_edu.__path__, "lstm_edu.")
    if not module.name.endswith("__main__")
    for example in doctest.DocTestFinder(exclude_empty=True).find(importlib.import_module(module.name))
    if example.examples
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_runs_and_gives_what_it_says(example):
    assert doctest.DocTestRunner(optionflags=doctest.REPORT_NDIFF).run(example).failed == 0


@pytest.mark.parametrize("room", ROOMS)
def test_a_public_class_has_an_example(room):
    module = importlib.import_module(f"lstm_edu.{room}")
    own = [name for name, each in vars(module).items() if getattr(each, "__module__", None) == module.__name__]
    named = [getattr(module, name) for name in getattr(module, "__all__", own)]
    classes = [each for each in named if inspect.isclass(each)]
    assert classes and [each.__name__ for each in classes if ">>>" not in (each.__doc__ or "")] == []
