"""A reading as a picture: P(positive) over the words, and one part of the cell below it, a square for word and unit."""

import struct
import zlib
from base64 import b64encode

import numpy as np

from ...common.html import element

WIDE, CURVE, NAMES = 660, 80, 90  # of the picture, its curve and the words' names
ROW, LEAST = 7, 20  # of a unit's row in the map, and of the whole map
MOST_NAMES = 60  # with more words their names would lie on each other


def looks_like(part):
    """The part whose colour this one has: a GRU's two gates that of the LSTM's gate that does the like."""
    return {"z": "f", "r": "i"}.get(part, part)


def picture(reading, values, mark, label):
    """The SVG: P(positive) of a `Reading`, and values (T, H), above 0 in the colour `mark`; label: it in words. Its
    colours are half clear, so that they stand on a light page and on a dark one."""
    values = values.T  # (H, T)
    high = max(ROW * len(values), LEAST)
    count = len(reading.words)
    wide = WIDE / max(count, 1)
    points = " ".join(f"{(t + 0.5) * wide:.1f},{CURVE * (1 - p):.1f}" for t, p in enumerate(reading.p))
    image = b64encode(png(pixels(values, mark))).decode("ascii") if count else ""
    return element(
        "svg",
        element("line", x2=WIDE, y1=CURVE / 2, y2=CURVE / 2, stroke="currentColor", stroke_opacity=0.3),
        element("polyline", points=points, fill="none", stroke="currentColor", stroke_width=1.5),
        element(
            "image",
            y=CURVE + 8,
            width=WIDE,
            height=high,
            preserveAspectRatio="none",
            style="image-rendering:pixelated",
            href=f"data:image/png;base64,{image}",
        ),
        [
            _name(word, (t + 0.5) * wide, CURVE + high + 16)
            for t, word in enumerate(reading.words)
            if count <= MOST_NAMES
        ],
        viewBox=f"0 0 {WIDE} {CURVE + high + NAMES + 16}",
        role="img",
        aria_label=label,
        style="display:block;max-width:100%",
        fill="currentColor",
        font_size=13,
    )


def _name(word, x, y):
    """A word under its column, from top to bottom."""
    return element("text", word, transform=f"translate({x + 4:.1f} {y}) rotate(90)")


def pixels(values, mark):
    """RGBA of values (H, T): the part's colour above 0, grey below, the clearer the nearer to 0."""
    rgb = np.array([int(mark[k : k + 2], 16) for k in (1, 3, 5)])
    strength = np.abs(values) / max(1.0, np.abs(values).max(initial=0))
    rgba = np.empty((*values.shape, 4), np.uint8)
    rgba[..., :3] = np.where(values[..., None] < 0, 128, rgb)
    rgba[..., 3] = np.rint(255 * strength)
    return rgba


def png(rgba):
    """The bytes of a PNG file of RGBA pixels (rows, columns, 4), uint8."""
    high, wide, _ = rgba.shape
    lines = b"".join(b"\0" + line.tobytes() for line in rgba)  # \0: not filtered

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", wide, high, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b"")
