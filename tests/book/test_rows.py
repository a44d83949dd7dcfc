"""The 127 items of the five tutorials, each in its place: page and section exist where an item counts as treated."""

import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
ROWS = tomllib.loads((ROOT / "tests/data/rows.toml").read_text())
ITEMS = {"0": 28, "1": 24, "2": 24, "3": 29, "4": 22}  # how many items each source has
LATER = {  # chapters that are not written yet
    "13_where_memory_wins",
}


def pages():
    """Name -> path of every page of the table of contents."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text())
    files = [toc["root"], *re.findall(r"'file': '([^']+)'", str(toc))]
    paths = [next(p for s in (".ipynb", ".md") if (p := ROOT / (name + s)).exists()) for name in files]
    return {path.stem: path for path in paths}


def headings(path):
    text = path.read_text()
    if path.suffix == ".ipynb":
        text = "\n".join("".join(c["source"]) for c in json.loads(text)["cells"] if c["cell_type"] == "markdown")
    return {line.lstrip("#").strip() for line in text.splitlines() if line.startswith("#")}


def test_every_item_has_its_row():
    assert list(ROWS) == [f"{source}.{k}" for source, count in ITEMS.items() for k in range(1, count + 1)]
    assert len(ROWS) == 127


@pytest.mark.parametrize("key", [key for key, (_, _, section) in ROWS.items() if section])
def test_a_treated_item_is_where_the_table_says(key):
    _, page, section = ROWS[key]
    assert page in pages(), f"row {key}: {page} is not in the table of contents"
    assert section in headings(pages()[page]), f"row {key}: {page} has no section called {section!r}"


@pytest.mark.parametrize("key", [key for key, (_, _, section) in ROWS.items() if not section])
def test_a_waiting_item_waits_for_a_known_page(key):
    _, page, _ = ROWS[key]
    assert page in LATER | set(pages())
