"""Numbers of recorded runs in the prose: `python tools/facts.py` names those that have parted from the record,
`python tools/facts.py --write` puts the recorded ones in their place.

In a page such a number is followed by an HTML comment with its key: 88.1%<!--lstm_32.test.mean-->. The key is what
`lstm_edu.facts` knows; the reader sees the number alone.
"""

import json
import re
import sys
from pathlib import Path

from lstm_edu.facts import fact

ROOT = Path(__file__).resolve().parents[1]
MARKED = re.compile(r"(?P<shown>[^\s<>|(\"]+)<!--\s*(?P<key>[a-z0-9_.]+)\s*-->")


def pages():
    return sorted([*ROOT.glob("book/*.md"), *ROOT.glob("notebooks/*.ipynb"), ROOT / "README.md"])


def prose(path):
    """The text of a page, cell by cell: markdown cells of a notebook, the whole of a .md file."""
    if path.suffix == ".md":
        return [path.read_text()]
    cells = json.loads(path.read_text())["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]


def parted(path):
    """(shown, recorded, key) for each marked number of the page that is not the recorded one."""
    marks = (mark for text in prose(path) for mark in MARKED.finditer(text))
    return [(m["shown"], fact(m["key"]), m["key"]) for m in marks if m["shown"] != fact(m["key"])]


def write(path):
    # in a notebook the text stands inside JSON strings, where neither the number nor the comment needs escapes
    path.write_text(MARKED.sub(lambda m: f"{fact(m['key'])}<!--{m['key']}-->", path.read_text()))


def main():
    wrong = {path: parted(path) for path in pages()}
    for path, rows in wrong.items():
        for shown, recorded, key in rows:
            print(f"{path.relative_to(ROOT)}: {key} is {recorded}, the page says {shown}")
        if rows and "--write" in sys.argv:
            write(path)
    if any(wrong.values()) and "--write" not in sys.argv:
        sys.exit("the prose has parted from the record: .venv/bin/python tools/facts.py --write mends it")


if __name__ == "__main__":
    main()
