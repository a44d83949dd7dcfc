"""A made-up second language: English with each sentence in brackets."""

import json
from pathlib import Path

from lstm_edu import words

ENGLISH = Path(words.__file__).parent / "en"


def add_language(folder, language="xx", change=lambda text: f"[{text}]"):
    """Put English into `folder`, and beside it a language whose sentences are English ones, changed."""
    for path in ENGLISH.rglob("*.toml"):
        catalogue = path.relative_to(ENGLISH).with_suffix("").as_posix()
        for code, edit in (("en", str), (language, change)):
            sentences = words.read(ENGLISH.parent, "en", catalogue).items()
            target = folder / code / f"{catalogue}.toml"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text("".join(f"{key} = {_toml(text, edit)}\n" for key, text in sentences), "utf-8")


def _toml(text, edit):
    if isinstance(text, dict):
        return "{ " + ", ".join(f"{form} = {_toml(one, edit)}" for form, one in text.items()) + " }"
    return json.dumps(edit(text), ensure_ascii=False)  # a TOML string as well
