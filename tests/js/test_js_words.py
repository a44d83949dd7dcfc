"""js/kit/words.js and js/words.mjs: scripts say what Python says, in the language that the page names."""

import json
import re

import pytest

from lstm_edu.words import Words

CATALOGUE = """
half = "Half is gone after {steps} steps."
steps = { one = "{n} step", other = "{n} steps" }
[parts]
f = "the forget gate"
"""
ASKED = [["half", {"steps": "{n} <b>"}], ["parts.f", {}], *(["steps", {"n": n}] for n in (0, 1, 2, 1.5))]
SAY = """
globalThis.document = { documentElement: { lang: data.lang } };
const { default: say } = await import("words:gates");
give(data.asked.map(([key, values]) => {
  try { return say(key, values) } catch (error) { return error.message }
}));
"""


@pytest.fixture
def languages(tmp_path, monkeypatch):
    """A folder with English and a made-up language, in brackets."""
    monkeypatch.setenv("LSTM_EDU_WORDS", str(tmp_path))
    for language, text in (("en", CATALOGUE), ("xx", re.sub(r'= "(.*?)"', r'= "[\1]"', CATALOGUE))):
        (tmp_path / language).mkdir()
        (tmp_path / language / "gates.toml").write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("lang", "language"), [("en", "en"), ("", "en"), ("de-AT", "en"), ("xx", "xx"), ("xx-YY", "xx")]
)
def test_scripts_say_what_python_says(node, languages, monkeypatch, lang, language):
    monkeypatch.setenv("LSTM_EDU_LANGUAGE", language)
    say = Words("gates")
    assert node(SAY, {"lang": lang, "asked": ASKED}) == [say(key, **values) for key, values in ASKED]


def test_what_is_not_there_is_refused_by_name(node, languages):
    asked = [["parts.i", {}], ["parts", {}], ["half", {"step": 1}], ["steps", {}]]
    assert node(SAY, {"lang": "xx", "asked": asked}) == [
        "words: no key parts.i in xx",
        "words: no key parts in xx",
        "words: half needs a value for steps",
        "words: steps needs a value for n",
    ]


def test_elements_go_into_holes(node, languages):
    script = 'import say from "words:gates"; give(say.pieces("half", { steps: { kbd: 3 } }));'
    assert node(script) == ["Half is gone after ", {"kbd": 3}, " steps."]


def test_a_bundle_has_its_catalogues_in_all_languages(bundle, languages, tmp_path):
    entry = tmp_path / "one.js"
    entry.write_text('import say from "words:gates"; console.log(say("parts.f"));', "utf-8")
    [built] = bundle(entry).values()
    for text in ("the forget gate", "[the forget gate]"):
        assert json.dumps(text) in built.decode()
