"""The cells of the last chapters as they are read: short, and a table is one call."""

import ast
import json
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
LATE = [path for path in NOTEBOOKS if path.name[:2] >= "08"]


def visible(path):
    """The code of each cell that a reader sees."""
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code" and "remove-input" not in cell["metadata"].get("tags", []):
            yield "".join(cell["source"])


def prints_in_a_loop(code):
    loops = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.For | ast.While))
    return any(isinstance(node, ast.Name) and node.id == "print" for loop in loops for node in ast.walk(loop))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_cell_has_twelve_lines_at_most(path):
    assert [code for code in visible(path) if len(code.splitlines()) > 12] == []


@pytest.mark.parametrize("path", LATE, ids=lambda path: path.stem)
def test_a_table_is_one_call(path):
    assert [code for code in visible(path) if prints_in_a_loop(code) or "str(seed)" in code] == []


def test_a_print_in_a_loop_is_seen():
    assert prints_in_a_loop("for a in b:\n    if a:\n        print(a)")
    assert not prints_in_a_loop("for a in b:\n    c = a\nprint(*(c for c in b))")
