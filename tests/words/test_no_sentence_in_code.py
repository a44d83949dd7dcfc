"""No sentence that a reader sees stands in code: it would be left in English whatever the page's language is."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = "lstm_edu/drawing", "lstm_edu/figures", "lstm_edu/labs", "lstm_edu/widgets", "js"
FILES = sorted(path for room in ROOMS for kind in ("*.py", "*.js") for path in (ROOT / room).rglob(kind))
FILES = [path for path in FILES if "scripts" not in path.parts]  # those are built
WORD = r"(?<![\w-])[^\W\d_]{2,}(?![\w-])"  # not a part of a name such as input_t or belt-row
SENTENCE = re.compile(rf"{WORD}[,;:.]? (?:{WORD}|{{}})|{{}}[,;:.]? {WORD}")  # {{}} is a computed part
STYLE = re.compile(r"\b(?:var|translate)\(.*\)")

# what looks like a sentence and is none that a reader sees: a style, a part of an error
EXCEPTIONS = {
    "lstm_edu/figures/experiments.py": {"top right"},  # where Plotly puts a label
    "lstm_edu/figures/points.py": {"middle left", "middle right"},  # and here
    "lstm_edu/figures/style.py": {"system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"},
    "lstm_edu/widgets/check.py": {"; did you mean {}?"},
}


def sentences(path):
    """The texts of a file that look like sentences; not comments, docstrings, errors and reprs."""
    text = path.read_text("utf-8")
    return set(in_python(text) if path.suffix == ".py" else in_javascript(text))


def in_python(text):
    """The sentences, and the single words in HTML."""
    nodes = list(ast.walk(ast.parse(text)))
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
        bare = STYLE.sub("", re.sub(r"<[^<>]*>", "", text))
        if SENTENCE.search(bare) or (("<" in text or id(node) in shown) and re.search(WORD, bare)):
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


REGEX = r"(?<=[(,=:;!&|?{}\[>] )/(?![*/])(?:\\.|[^/\\\n])+/|(?<=[(\[!])/(?![*/])(?:\\.|[^/\\\n])+/"
COMPUTED = r"\$\{(?:[^{}]|\{[^{}]*\})*\}"
TEXT = rf""""(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|{COMPUTED}|[^`\\])*`"""
TOKEN = re.compile(rf"(?://[^\n]*|/\*.*?\*/)|{REGEX}|(?P<text>{TEXT})", re.DOTALL)
NO_READER = re.compile(r"^\s*(?:import|export .* from)\b|Error\(|querySelector|closest\(")  # before a text, in its line


def in_javascript(source):
    """The sentences, and the single words that an element gets."""
    for token in TOKEN.finditer(source):
        line = source[: token.start()].rpartition("\n")[2]
        if token["text"] and not NO_READER.search(line):
            text = re.sub(COMPUTED, "{}", token["text"][1:-1])
            child = re.search(r"\b(?:html|svg)\(\"\w+\", \{[^{}]*\}, $", line)
            if SENTENCE.search(STYLE.sub("", text)) or (child and re.search(WORD, text)):
                yield text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_has_no_sentence_for_readers(path):
    name = path.relative_to(ROOT).as_posix()
    assert sentences(path) - EXCEPTIONS.get(name, set()) == set()


def test_no_exception_outlives_its_use():
    assert all(texts <= sentences(ROOT / name) for name, texts in EXCEPTIONS.items())


def test_it_finds_what_a_reader_would_see():
    python = '''"""Not this."""
raise ValueError(f"nor {this} one")
a = f"<p style='a b'>{n} words stay</p>", f"{n} words", f"turn {t}", "<th>step</th>", "step"
b = element("th", "value", scope="col"), table(["part", x], [])
'''
    seen = {"<p style='a b'>{} words stay</p>", "{} words", "turn {}", "<th>step</th>", "value", "part"}
    assert set(in_python(python)) == seen
    script = """// not this
import say from "words: not this";
throw new RangeError(`nor ${this} one`);
const a = [`${n} words stay`, `turn ${t}`, "step", "belt-row belt-tick"], b = /not "this/;
html("th", { scope: "col" }, "value");
"""
    assert set(in_javascript(script)) == {"{} words stay", "turn {}", "value"}
