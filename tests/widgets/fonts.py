"""Sets of fonts for a browser: this machine's own, and two that are built here, switched by a file of fontconfig's.

What a font lacks comes from another one, which may have taller lines and wider letters: Debian's fonts-noto-cjk has.
"""

import string

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

# what every text font has: Latin, the marks of print, a few letters of mathematics
PLAIN = {*string.printable[:95], *map(chr, range(0xA0, 0x100)), *"–—‘’“”•…\u2009\u202f\u200b−σΣπ"}
SYMBOLS = {*"←→↑↓▶◀▲▼✓✗✔✘×⟳●○■□", *"这部电影很好看，我喜欢。 中国的", *map(chr, range(0x4E00, 0x4F00))}

CONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir>
<match target="pattern"><edit name="family" mode="append_last"><string>{first}</string></edit></match></fontconfig>
"""


def build(path, family, letters, width, ascent, descent):
    """A font of boxes: each letter as wide as `width`, the lines as high as told, in thousandths."""
    names = {ord(letter): f"u{ord(letter):04x}" for letter in sorted(letters)}
    pen = TTGlyphPen(None)
    for start, *corners in [((80, 0), (80, 600), (width - 80, 600), (width - 80, 0))]:
        pen.moveTo(start)
        for corner in corners:
            pen.lineTo(corner)
        pen.closePath()
    box, empty = pen.glyph(), TTGlyphPen(None).glyph()
    font = FontBuilder(1000, isTTF=True)
    order = [".notdef", *names.values()]
    font.setupGlyphOrder(order)
    font.setupCharacterMap(names)
    font.setupGlyf({name: empty if name in (".notdef", "u0020", "u00a0") else box for name in order})
    font.setupHorizontalMetrics(dict.fromkeys(order, (width, 80)))
    font.setupHorizontalHeader(ascent=ascent, descent=-descent)
    font.setupNameTable(
        {"familyName": family, "styleName": "Regular", "psName": family, "uniqueFontIdentifier": family}
    )
    font.setupOS2(sTypoAscender=ascent, sTypoDescender=-descent, usWinAscent=ascent, usWinDescent=descent)
    font.setupPost()
    font.save(path)


def config(folder, name):
    """The path of a fontconfig file for the set `name`; None for the machine's own fonts."""
    if name == "own":
        return None
    folder = folder / name
    folder.mkdir()
    first = "Plain"
    if name == "plain, the rest tall":
        build(folder / "plain.ttf", "Plain", PLAIN, 540, 930, 240)
        build(folder / "tall.ttf", "Tall", SYMBOLS, 1000, 1900, 900)
    else:
        first = "Wide"
        build(folder / "wide.ttf", "Wide", PLAIN | SYMBOLS, 640, 1900, 900)
    path = folder / "fonts.conf"
    path.write_text(CONFIG.format(folder=folder, first=first), "utf-8")
    return path


SETS = ["own", "plain, the rest tall", "wide and tall"]
