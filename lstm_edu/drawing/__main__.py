"""`python -m lstm_edu.drawing` writes shapes.json anew, after a change of geometry.json."""

import json
from pathlib import Path

from .picture import geometry
from .shapes import shapes


def main():
    made = {"made": "lstm_edu/drawing/__main__.py"} | shapes(geometry())
    Path(__file__).with_name("shapes.json").write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
