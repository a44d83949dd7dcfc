"""What the README promises is there."""

import re
from pathlib import Path

from lstm_edu import drawing

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()


def test_each_make_target_is_in_the_makefile():
    targets = re.findall(r"make (\w+)", README)
    makefile = (ROOT / "Makefile").read_text()
    assert {"book", "test"} <= set(targets)
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


def test_each_path_exists():
    named = set(re.findall(r"`((?:book|lstm_edu|notebooks)/[\w/.]*|[\w_]+\.(?:yml|txt|toml))`", README))
    named |= set(re.findall(r"\]\(((?!http)[^)]+)\)", README))
    named -= {"notebooks/NN_name.ipynb", "book/name.md"}  # patterns, not files
    assert len(named) > 10
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_its_picture_is_the_drawing(tmp_path):
    """Mend: python -c "from lstm_edu import drawing; drawing.lstm('gates').save('book/assets/lstm.svg')"."""
    drawing.lstm("gates").save(tmp_path / "lstm.svg")
    assert (ROOT / "book/assets/lstm.svg").read_text() == (tmp_path / "lstm.svg").read_text()
