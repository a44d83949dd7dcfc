"""No sentence that a reader sees stands in Python code: it would be left in English whatever the page's language is."""

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "lstm_edu"
ROOMS = "drawing", "figures", "labs", "widgets"
FILES = sorted(path for room in ROOMS for path in (PACKAGE / room).rglob("*.py"))
WORD = r"\b[^\W\d_]{2,}\b"  # not a part of a name such as input_t
SENTENCE = re.compile(rf"{WORD}[,;:.]? (?:{WORD}|{{}})|{{}}[,;:.]? {WORD}")  # {{}} is a computed part

# what looks like a sentence and is none that a reader sees: styles, attributes, a pattern, a part of an error
EXCEPTIONS = {
    "drawing/palette.py": {"@media (prefers-color-scheme: dark) { {} { {} } }", "--gate-{}-text: {};"},
    "drawing/svg.py": {'role="img" aria-labelledby="{}-title {}-summary"'},
    "figures/style.py": {"system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"},
    "figures/table.py": {"</?[A-Za-z][^<>]*>"},
    "widgets/check.py": {"; did you mean {}?"},
}
# whose sentences are still to move: a file that has none left goes from this list
PENDING = {
    "widgets/belt_pulse.py",
    "widgets/dialect_switch.py",
    "widgets/shape_tracer.py",
}


def sentences(path):
    """The texts of a file that look like sentences, and the single words in HTML; not docstrings, errors and reprs."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    aside = [node for node in nodes if isinstance(node, ast.Raise) or getattr(node, "name", "") == "__repr__"]
    left_out = {id(part) for node in aside for part in ast.walk(node)}
    for node in nodes:
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            left_out.add(id(body[0].value))  # a docstring
        if isinstance(node, ast.JoinedStr):
            left_out |= {id(part) for part in node.values}
    shown = {id(child) for node in nodes for child in children(node)}
    for node in nodes:
        text = "" if id(node) in left_out else text_of(node)
        bare = re.sub(r"<[^<>]*>", "", text)
        if SENTENCE.search(bare) or ((bare != text or id(node) in shown) and re.search(WORD, bare)):
            yield text


def text_of(node):
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def children(node):
    """What a call of `element`, `fragment` or `table` sets as text."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("element", "fragment", "table"):
        for child in node.args[node.func.id == "element" :]:
            yield from child.elts if isinstance(child, ast.List | ast.Tuple) else [child]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_file_has_no_sentence_for_readers(path):
    name = path.relative_to(PACKAGE).as_posix()
    left = set(sentences(path)) - EXCEPTIONS.get(name, set())
    assert bool(left) == (name in PENDING), left


def test_no_exception_outlives_its_use():
    assert {PACKAGE / name for name in [*EXCEPTIONS, *PENDING]} <= set(FILES)
    assert all(texts <= set(sentences(PACKAGE / name)) for name, texts in EXCEPTIONS.items())


def test_it_finds_what_a_reader_would_see(tmp_path):
    path = tmp_path / "seeded.py"
    path.write_text('''"""Not this."""
raise ValueError(f"nor {this} one")
a = f"<p style='a b'>{n} words stay</p>", f"{n} words", f"turn {t}", "<th>step</th>", "step"
b = element("th", "value", scope="col"), table(["part", x], [])
''')
    seen = {"<p style='a b'>{} words stay</p>", "{} words", "turn {}", "<th>step</th>", "value", "part"}
    assert set(sentences(path)) == seen
