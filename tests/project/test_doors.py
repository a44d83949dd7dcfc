"""Which room of the package imports which: read from the code, held against the list in CONTRIBUTING."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "lstm_edu"

# room -> what it may import: rooms of our own, packages from outside; Keras only inside functions
DOORS = {
    "__init__": ({"cells"}, set()),
    "cells": (set(), {"numpy"}),
    "dialects": ({"cells"}, {"numpy"}),
    "keras_bridge": ({"cells"}, {"numpy", "keras"}),
    "imdb": (set(), {"numpy", "keras"}),
    "network": ({"cells", "imdb"}, {"numpy"}),
    "runs": ({"cells", "imdb", "keras_bridge", "network", "study"}, {"numpy", "keras", "tensorflow"}),
    "study": ({"cells", "imdb", "network", "runs"}, {"numpy"}),
    "words": (set(), set()),
    "drawing": ({"words"}, set()),
    "figures": ({"cells", "imdb", "drawing", "words"}, {"numpy", "plotly"}),
    "widgets": (
        {"cells", "dialects", "drawing", "imdb", "keras_bridge", "network", "runs", "words"},
        {"numpy", "anywidget", "traitlets", "keras"},
    ),
    "labs": ({"cells", "drawing", "runs", "widgets", "words"}, {"numpy", "anywidget", "ipywidgets", "IPython"}),
}
KERAS_ROOMS = {"keras_bridge", "runs/keras_recipes", "imdb/load", "widgets/network"}


def room_of(path):
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def imports(path):
    """(own rooms, outside packages, whether at module level) of one file."""
    tree = ast.parse(path.read_text())
    top = {id(node) for node in tree.body}
    depth = len(path.relative_to(PACKAGE).parts) - 1
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield None, alias.name.split(".")[0], id(node) in top
        elif isinstance(node, ast.ImportFrom):
            if node.level == 0:
                name = node.module.split(".")
                if name[0] == "lstm_edu":
                    yield from ((room, None, True) for room in (name[1:2] or [alias.name for alias in node.names]))
                else:
                    yield None, name[0], id(node) in top
            elif node.level == depth + 1:  # from the package itself: from .room import x, from . import room
                names = [node.module.split(".")[0]] if node.module else [alias.name for alias in node.names]
                yield from ((name, None, id(node) in top) for name in names)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_a_room_goes_through_its_own_doors(path):
    room = room_of(path)
    assert room in DOORS, f"{room}: a new room needs its line in DOORS and in CONTRIBUTING"
    own, outside = DOORS[room]
    for other, package, at_top in imports(path):
        if other is not None:
            assert other in own | {room}, f"{path.name} imports the room {other}"
        elif package not in sys.stdlib_module_names:
            assert package in outside, f"{path.name} imports {package}"
            if package in ("keras", "tensorflow"):
                assert not at_top, f"{path.name}: {package} is imported inside functions"
                assert path.relative_to(PACKAGE).with_suffix("").as_posix() in KERAS_ROOMS


def test_only_figures_imports_plotly_at_the_top():
    for path in PACKAGE.rglob("*.py"):
        if re.search(r"^\s*(import|from) plotly", path.read_text(), re.M):
            assert room_of(path) == "figures"


def test_importing_the_package_brings_numpy_and_nothing_heavier():
    code = "import numpy, sys; a = set(sys.modules); import lstm_edu; print(*sorted(set(sys.modules) - a))"
    new = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    outside = {name.split(".")[0] for name in new} - set(sys.stdlib_module_names)
    assert outside == {"lstm_edu"}, outside
