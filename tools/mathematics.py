"""Formulas, set as MathML when the book is built, by Temml: mathematics.mjs, in one process of Node for all pages.

A screen reader reads MathML, and a page needs no script for it. How it looks is in book/assets/book.css.
"""

import json
import subprocess
from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

ROOT = Path(__file__).resolve().parents[1]
CLASSES = "math notranslate nohighlight"
log = logging.getLogger(__name__)


@cache
def setter() -> subprocess.Popen:
    """The process that sets formulas: started for the first one, it ends when its input does, with this program."""
    command = ["sh", "tools/npm.sh", "exec", "--", "node", "tools/mathematics.mjs"]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)


@cache
def mathml(tex: str, display: bool = False) -> str:
    """The MathML of a formula, on a line of its own or in a sentence. ValueError for one that Temml cannot set."""
    process = setter()
    process.stdin.write(json.dumps({"tex": tex, "display": display}) + "\n")
    answer = json.loads(process.stdout.readline())
    if "error" in answer:
        raise ValueError(answer["error"].strip())
    return answer["mathml"]


def put(writer, node, display: bool) -> None:
    """Write a node's formula. One that cannot be set is a warning with its place, and warnings stop the build."""
    tex = node.astext()
    if display and r"\\" in tex and r"\begin" not in tex:
        tex = rf"\begin{{split}}{tex}\end{{split}}"
    try:
        writer.body.append(mathml(tex, display))
    except ValueError as error:
        log.warning("the formula %s cannot be set: %s", tex, error, location=node)


def visit_inline(writer, node):
    writer.body.append(writer.starttag(node, "span", "", CLASS=CLASSES))
    put(writer, node, display=False)
    writer.body.append("</span>")
    raise nodes.SkipNode


def visit_display(writer, node):
    writer.body.append(writer.starttag(node, "div", CLASS=CLASSES))
    if node["number"]:
        writer.body.append(f'<span class="eqno">({get_node_equation_number(writer, node)})')
        writer.add_permalink_ref(node, "Link to this equation")
        writer.body.append("</span>")
    put(writer, node, display=True)
    writer.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app):
    app.add_html_math_renderer("temml", (visit_inline, None), (visit_display, None))
