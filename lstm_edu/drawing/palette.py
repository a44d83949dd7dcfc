"""The colours of the gates, the belt and the output, and the CSS custom properties made from them."""

import json
from functools import cache
from importlib.resources import files

# pydata-sphinx-theme and JupyterLab say on an element which theme a page has; elsewhere the reader's system decides.
THEMES = {
    "light": ("html[data-theme=light]", "body[data-jp-theme-light=true]"),
    "dark": ("html[data-theme=dark]", "body[data-jp-theme-light=false]"),
}


def colours():
    """The colours as `colours.json` has them: a new dict at each call.

    `colours()["roles"][r]`, r one of f, i, g, o, c (belt), h: "mark" (one hex colour for lines and fills, on
    light and dark alike) and "text" ({"light": ..., "dark": ...}, for letters).
    `colours()["themes"]["light" or "dark"]`: "background", "surface", "ink", "line", "faded", "faded-text".
    """
    return json.loads(content("colours.json"))


def css(scope=":root"):
    """CSS custom properties for light and dark pages, set on `scope` (a CSS selector; ":root" for a whole page).

    --gate-f and --gate-f-text (likewise i, g, o, c, h), --lstm-background, --lstm-surface, --lstm-ink, --lstm-line,
    --lstm-faded, --lstm-faded-text.
    """
    marks = " ".join(f"--gate-{role}: {colour['mark']};" for role, colour in colours()["roles"].items())
    rules = [f"{scope} {{ {marks} {_theme('light')} }}"]
    rules.append(f"@media (prefers-color-scheme: dark) {{ {scope} {{ {_theme('dark')} }} }}")
    for theme, pages in THEMES.items():
        selectors = ", ".join(page if scope == ":root" else f"{page} {scope}" for page in pages)
        rules.append(f"{selectors} {{ {_theme(theme)} }}")
    return "\n".join(rules)


def _theme(theme):
    texts = [f"--gate-{role}-text: {colour['text'][theme]};" for role, colour in colours()["roles"].items()]
    return " ".join(texts + [f"--lstm-{name}: {value};" for name, value in colours()["themes"][theme].items()])


@cache
def content(name):
    """A file of this folder."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


PARTS = tuple(colours()["roles"])  # f i g o c h, in the order of the book
