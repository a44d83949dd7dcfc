"""The theme's icons, cut down to those that the pages show.

The theme draws its icons by a script of 1.5 MB (left out in tools/templates/), and where that is missing by the fonts
of Font Awesome, 150 KB for the first icon. Here those fonts are cut down to a few kilobytes, under the same names. A
face says which characters it has, so an icon that a script brings in later is still drawn, from the whole font.
"""

import re
from pathlib import Path

from fontTools import subset

STYLES = ["styles/pydata-sphinx-theme.css", "styles/sphinx-book-theme.css"]
SCRIPTS = ["scripts/pydata-sphinx-theme.js", "scripts/sphinx-book-theme.js"]
RULE = re.compile(r'((?:\.fa-[\w-]+:before,?)+)\{content:"([^"]+)"\}')
FACE = re.compile(r"@font-face\{[^}]*?font-family:([^;}]+);[^}]*?font-weight:(\d+);[^}]*?url\(([^)]+\.ttf)\)[^}]*\}")
LICENCE = re.compile(r"/\*!\s+\* Font Awesome Free.*?\*/", re.DOTALL)


def character(text: str) -> str:
    r"""The character that a style sheet writes as itself, as \f0c9, or as \@."""
    code = re.fullmatch(r"\\([0-9a-f]+) ?", text)
    return chr(int(code[1], 16)) if code else text[-1]


def names(style: str) -> dict[str, str]:
    """Class of an icon -> its character, from the theme's style sheet."""
    return {name: character(text) for rule, text in RULE.findall(style) for name in re.findall(r"\.(fa-[\w-]+):", rule)}


def shown(static: Path) -> set[str]:
    """The characters of the icons that the built pages show or the theme's scripts and styles put there.

    static: the built book's _static/. Raises ValueError for an icon that the theme does not have.
    """
    style = "\n".join((static / name).read_text("utf-8") for name in STYLES)
    known = names(style)
    found = set()
    for page in static.parent.rglob("*.html"):
        for classes in re.findall(r'class="([^"]*)"', page.read_text("utf-8")):
            found |= {name for name in classes.split() if name.startswith("fa-")}
    if missing := sorted(name for name in found - known.keys() if f".{name}" not in style):
        raise ValueError(f"icons: expected names that the theme knows, got {', '.join(missing)}")
    for name in SCRIPTS:
        found |= set(re.findall(r"\bfa-[a-z][\w-]*", (static / name).read_text("utf-8")))
    by_style = re.findall(r'"(\\f[0-9a-f]{3}|[\ue000-\uf8ff])"', RULE.sub("", style))
    return {known[name] for name in found & known.keys()} | set(map(character, by_style))


def cut(static: Path) -> None:
    """Write _static/icons/ and icons.css, which the pages read after the theme's style sheet."""
    wanted = {ord(char) for char in shown(static)}
    theme = static / STYLES[0]
    style = theme.read_text("utf-8")
    options = subset.Options(flavor="woff", hinting=False, layout_features=[], name_IDs=[0])
    (static / "icons").mkdir(exist_ok=True)
    rules = [LICENCE.search(style)[0]]
    for family, weight, url in FACE.findall(style):
        source = (theme.parent / url).resolve()
        font = subset.load_font(source, options)
        have = sorted(wanted & font.getBestCmap().keys())
        tool = subset.Subsetter(options)
        tool.populate(unicodes=have)
        tool.subset(font)
        subset.save_font(font, static / "icons" / f"{source.stem}.woff", options)
        characters = ", ".join(f"U+{code:X}" for code in have)
        rules.append(
            f"@font-face {{\n  font-family: {family};\n  font-weight: {weight};\n  font-display: block;\n"
            f'  src: url("icons/{source.stem}.woff") format("woff");\n  unicode-range: {characters};\n}}'
        )
    (static / "icons.css").write_text("\n".join(rules) + "\n", "utf-8")
