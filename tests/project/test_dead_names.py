"""Nothing in lstm_edu is there for nobody: what a file defines is used somewhere else than in the tests."""

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
USERS = {"lstm_edu": "*.py", "tools": "*.py", "bench": "*.py", "notebooks": "*.ipynb", "book": "*.md"}


def defined(path):
    """The names of functions, classes and constants at the top of a file."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def test_every_name_is_used():
    words = Counter()
    for room, kind in USERS.items():
        for path in (ROOT / room).rglob(kind):
            words.update(re.findall(r"\w+", path.read_text("utf-8")))
    files = (ROOT / "lstm_edu").rglob("*.py")
    assert [f"{path.relative_to(ROOT)}: {name}" for path in files for name in defined(path) if words[name] == 1] == []
