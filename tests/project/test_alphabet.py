"""The gates' letters, names and colours are told once for each language: nobody keeps a copy of his own.

The order of the columns is `blocks` of the cells, in Python and in js/numbers/cells.js; the order in which the book
shows the parts is that of lstm_edu/drawing/colours.json, which has their colours, too; their names are in words/.
"""

import ast
import json
import re
import tomllib
from pathlib import Path

import pytest

from lstm_edu import drawing
from lstm_edu.cells import GRUCell, LSTMCell

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sorted((ROOT / "lstm_edu").rglob("*.py"))
SCRIPTS = sorted(path for path in (ROOT / "js").rglob("*.js") if "node_modules" not in path.parts)
ORDERS = {  # where an order is said: the cells, the libraries' orders, and once for JavaScript
    "lstm_edu/cells/lstm.py",
    "lstm_edu/cells/gru.py",
    "lstm_edu/cells/variants.py",
    "lstm_edu/cells/fast.py",  # its own, the gates side by side
    "lstm_edu/dialects.py",
    "lstm_edu/figures/style.py",  # its own: colours that stand side by side in a plot without parts
    "js/numbers/cells.js",
}
LISTED = re.compile(r"""(?:["']\w["'],\s*)+["']\w["']""")  # "i", "f", "g", "o"
QUOTED = re.compile(r"""(["'`])((?:(?!\1).)*)\1""")


def texts(path):
    """The texts and the lists of letters in a file's code, without comments and docstrings."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".js":
        code = re.sub(r"/\*.*?\*/|^\s*//[^\n]*$", "", source, flags=re.S | re.M)
        yield from (found[2] for found in QUOTED.finditer(code))
        yield from (re.sub(r"\W", "", found[0]) for found in LISTED.finditer(code))
        return
    tree = ast.parse(source)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value
        elif isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            yield "".join(str(each.value) for each in node.elts if isinstance(each, ast.Constant))


def is_an_order(text):
    """All four letters of an LSTM's gates, or all three of a GRU, each once, and at most those of belt and output."""
    letters = set(text)
    return len(letters) == len(text) and (set("ifgo") <= letters <= set("ifgoch") or letters == set("zrg"))


@pytest.mark.parametrize("path", PYTHON + SCRIPTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_file_has_an_order_or_a_colour_of_its_own(path):
    marks = {role["mark"] for role in drawing.colours()["roles"].values()}
    marks |= {text for role in drawing.colours()["roles"].values() for text in role["text"].values()}
    for text in texts(path):
        assert path.relative_to(ROOT).as_posix() in ORDERS or not is_an_order(text), text
        assert not any(mark in text.lower() for mark in marks), text


@pytest.mark.parametrize("path", PYTHON + SCRIPTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_file_names_the_parts_itself(path):
    names = tomllib.loads((ROOT / "lstm_edu/words/en/parts.toml").read_text())
    gates = [name for name in names.values() if " " in name]  # "belt" and "output" are words like others
    assert len(gates) == 5
    assert [text for text in texts(path) if any(name in text for name in gates)] == []


def test_a_second_copy_is_seen(tmp_path):
    python, script = tmp_path / "a.py", tmp_path / "a.js"
    python.write_text('"""In the order "ifgo"."""\nx, y = "figo", ("o", "g", "f", "i")\nz = ["z", "r", "g"]')
    assert {text for text in texts(python) if is_an_order(text)} == {"figo", "ogfi", "zrg"}
    script.write_text('// "ifgo"\nconst order = ["i", "f", "g", "o"];\n/* "figo" */ const keys = "figoch";')
    assert [text for text in texts(script) if is_an_order(text)] == ["figoch", "ifgo"]


def test_both_languages_have_the_same(node):
    found = node('import { gru, lstm } from "./numbers/cells.js"; give([lstm.blocks, gru.blocks]);')
    assert found == [LSTMCell.blocks, GRUCell.blocks]
    assert list(drawing.PARTS) == list(json.loads((ROOT / "lstm_edu/drawing/colours.json").read_text())["roles"])
    assert is_an_order("".join(drawing.PARTS)) and set(LSTMCell.blocks) < set(drawing.PARTS)
