"""How long a chapter takes to read: a page says {{ minutes_01 }}, and book_site.py puts the number there."""

import json
import re
from pathlib import Path

A_MINUTE = 200  # words, code included
ROUNDED_TO = 5  # minutes


def minutes(root: Path) -> dict[str, str]:
    """{"minutes_01": "15", ...} for each chapter: its words, with its code, at 200 a minute."""
    return {f"minutes_{path.name[:2]}": str(_minutes(_words(path))) for path in sorted(root.glob("notebooks/*.ipynb"))}


def _words(path: Path) -> int:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return sum(len(re.findall(r"\S+", "".join(cell["source"]))) for cell in cells)


def _minutes(words: int) -> int:
    return max(ROUNDED_TO, ROUNDED_TO * round(words / A_MINUTE / ROUNDED_TO))
