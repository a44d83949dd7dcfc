"""The catalogues: every language has the same keys and holes, every key is said somewhere and no other is asked for."""

import ast
import re
from pathlib import Path

import pytest
from made_up import add_language

from lstm_edu import words

ROOT = Path(__file__).resolve().parents[2]


def entries(language):
    """(catalogue, key) -> its holes, for all catalogues of a language."""
    return {
        (name, key): words.holes(text)
        for name in words.catalogues(language)
        for key, text in words.read(words.folder(), language, name).items()
    }


def differences():
    """(language, catalogue, key) of what stands in one language otherwise than in English, or in one of the two."""
    english, found = entries("en"), {language: entries(language) for language in words.languages()}
    return {
        (language, *place)
        for language, theirs in found.items()
        for place in english.keys() | theirs.keys()
        if english.get(place) != theirs.get(place)
    }


def test_every_language_has_the_same_keys_and_holes():
    assert "en" in words.languages() and differences() == set()


def test_a_made_up_language_is_compared_with_english(tmp_path, monkeypatch):
    monkeypatch.setenv("LSTM_EDU_WORDS", str(tmp_path))
    add_language(tmp_path)
    assert words.languages() == ["en", "xx"] and differences() == set()
    parts, picture = tmp_path / "xx/parts.toml", tmp_path / "xx/drawing.toml"
    parts.write_text(parts.read_text("utf-8").replace("f =", "k ="), "utf-8")
    picture.write_text(picture.read_text("utf-8").replace("{names}", "{name}"), "utf-8")
    (tmp_path / "xx/questions/01.toml").unlink()
    words.read.cache_clear()
    found = differences()
    assert {("xx", "parts", "f"), ("xx", "parts", "k"), ("xx", "drawing", "picture.strong")} < found
    assert all(place[1] == "questions/01" for place in found if place[1] not in ("parts", "drawing"))
    assert len(found) > 10


def test_every_sentence_is_a_text_and_every_plural_has_its_other():
    for language in words.languages():
        for name in words.catalogues(language):
            for key, text in words.read(words.folder(), language, name).items():
                texts = text.values() if isinstance(text, dict) else [text]
                assert all(isinstance(one, str) and one and one.strip() == one for one in texts), (name, key)


# --- who says what ----------------------------------------------------------------------------------------------------

INSIDE = "[^.]+"  # what a computed piece of a key may be: one step of it


def pattern(node):
    """The keys that an expression can be: a pattern."""
    if isinstance(node, ast.Constant):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(pattern(part) if isinstance(part, ast.Constant) else INSIDE for part in node.values)
    if isinstance(node, ast.IfExp):
        return f"(?:{pattern(node.body)}|{pattern(node.orelse)})"
    return ".+"


def said_in_python(path):
    """(pattern of catalogues, pattern of keys, names of the values or None) of each sentence that a file asks for."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    calls = [(ast.unparse(node.func).removesuffix(".pieces"), node) for node in nodes if isinstance(node, ast.Call)]
    opened = {id(call): pattern(call.args[0]) for name, call in calls if name == "Words"}
    named = [
        (node.targets[0].id, opened.pop(id(node.value)))
        for node in nodes
        if isinstance(node, ast.Assign) and id(node.value) in opened
    ]
    assert not opened, f"{path}: expected NAME = Words(...), one a line"
    for speaker, catalogue in named:
        for name, call in calls:
            if name == speaker:
                names = {keyword.arg for keyword in call.keywords}
                yield catalogue, pattern(call.args[0]), None if None in names else names


def said_in_javascript(path):
    """The same of a script, which imports `say` from "words:NAME"; what it fills the holes with is not looked at."""
    text = re.sub(r"/\*.*?\*/|^\s*//.*?$", "", path.read_text("utf-8"), flags=re.S | re.M)
    for name, catalogue in re.findall(r'import (\w+) from "words:([^"]+)"', text):
        for call in re.finditer(rf"(?<!import )\b{name}\b(?:(?:\.pieces)?\(\s*([\"'`])(?P<key>.*?)\1)?", text):
            key = re.sub(r"\\\$\\\{.*?\\\}", INSIDE, re.escape(call["key"] or "")) or ".+"
            yield re.escape(catalogue), key, None


def all_said():
    for path in (ROOT / "lstm_edu").rglob("*.py"):
        yield from ((path.relative_to(ROOT), *one) for one in said_in_python(path))
    for path in (ROOT / "js").rglob("*.js"):
        if "node_modules" not in path.parts:
            yield from ((path.relative_to(ROOT), *one) for one in said_in_javascript(path))


SAID = list(all_said())


@pytest.mark.parametrize("catalogue", words.catalogues("en"))
def test_every_sentence_is_said_somewhere(catalogue):
    keys = [key for _, names, key, _ in SAID if re.fullmatch(names, catalogue)]
    unsaid = [key for name, key in entries("en") if name == catalogue and not any(re.fullmatch(k, key) for k in keys)]
    assert unsaid == []


def test_no_sentence_is_asked_for_that_is_not_there_or_has_other_holes():
    english = entries("en")
    for path, names, key, values in SAID:
        found = [holes for (name, k), holes in english.items() if re.fullmatch(names, name) and re.fullmatch(key, k)]
        assert found, f"{path}: no {key} in {names}"
        assert values is None or values in found, f"{path}: {key} is given {values}, has {found}"
