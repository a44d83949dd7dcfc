"""The colours of gates, belt and output: contrast (WCAG 2.2) and how far apart they stay for colour-blind readers."""

from itertools import combinations

import numpy as np
import pytest

from lstm_edu import drawing

COLOURS = drawing.colours()
ROLES = COLOURS["roles"]
THEMES = COLOURS["themes"]

# Page and surface of sphinx-book-theme 1.3 (its own dark page, #121212), of pydata-sphinx-theme 0.17 under it, and of
# JupyterLab 4 (layout colours 0 and 1), beside the drawing's own.
PAGES = {
    "light": ["#ffffff", "#f3f4f5", THEMES["light"]["background"], THEMES["light"]["surface"]],
    "dark": [
        "#121212",
        "#14181e",
        "#222832",
        "#29313d",
        "#111111",
        "#212121",
        *(THEMES["dark"][k] for k in ("background", "surface")),
    ],
}

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE
# Transactions on Visualization and Computer Graphics 15(6), 2009: severity 1.0, on linear RGB.
VISION = {
    "normal": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
# linear sRGB to CIE XYZ, D65 (IEC 61966-2-1)
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def channels(colour):
    """#rrggbb -> (3,) between 0 and 1."""
    return np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255


def linear(rgb):
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(one, two):
    """WCAG 2.2 contrast ratio of two colours, #rrggbb or (3,)."""
    light = [TO_XYZ[1] @ linear(channels(c) if isinstance(c, str) else c) for c in (one, two)]
    return (max(light) + 0.05) / (min(light) + 0.05)


def lab(rgb):
    """CIE 1976 L*a*b*, D65, of linear RGB (3,)."""
    t = TO_XYZ @ rgb / TO_XYZ.sum(axis=1)
    x, y, z = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def distances(vision):
    """Delta E (CIE 1976) of every two marks as this vision sees them."""
    seen = {role: lab(np.clip(VISION[vision] @ linear(channels(c["mark"])), 0, 1)) for role, c in ROLES.items()}
    return {a + b: np.linalg.norm(seen[a] - seen[b]) for a, b in combinations(seen, 2)}


def test_contrast_is_computed_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)  # the usual lightest grey that passes 4.5


def test_delta_e_is_computed_as_cie_does():
    # the primaries' L*a*b* in sRGB, D65, as published with the conversion (e.g. Lindbloom's calculator), to 0.1
    assert lab(np.array([1.0, 0, 0])) == pytest.approx([53.2, 80.1, 67.2], abs=0.1)
    assert lab(np.array([0, 0, 1.0])) == pytest.approx([32.3, 79.2, -107.9], abs=0.1)


@pytest.mark.parametrize("role", ROLES)
def test_marks_stand_out_on_every_page(role):
    for page in PAGES["light"] + PAGES["dark"]:
        assert contrast(ROLES[role]["mark"], page) >= 3, page  # WCAG 1.4.11; least seen 3.06, h on #f3f4f5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("role", ROLES)
def test_letters_are_legible_on_every_page_and_in_their_box(role, theme):
    text, mark = ROLES[role]["text"][theme], channels(ROLES[role]["mark"])
    for page in PAGES[theme]:
        tint = 0.87 * channels(page) + 0.13 * mark  # a layer's box, fill-opacity .13 in drawing.css
        assert min(contrast(text, page), contrast(text, tint)) >= 4.5, page  # WCAG 1.4.3


@pytest.mark.parametrize("theme", THEMES)
def test_ink_and_plain_lines_too(theme):
    colours = THEMES[theme]
    for ground in ("background", "surface"):
        assert contrast(colours["ink"], colours[ground]) >= 4.5
        assert contrast(colours["line"], colours[ground]) >= 3
        # faded means faint, but still there: lines before letters, letters before ink
        faint = [contrast(colours[name], colours[ground]) for name in ("faded", "faded-text", "ink")]
        assert 1.2 < faint[0] < faint[1] < faint[2] / 2


@pytest.mark.parametrize("vision", VISION)
def test_marks_stay_apart(vision):
    # Near-equal lightness, which one colour for light and dark pages asks for, leaves little room: worst seen 17.0
    # (f and i, deuteranopia), 37 for normal vision. The letters in the boxes say the same without any colour.
    assert min(distances(vision).values()) > (30 if vision == "normal" else 16)


def test_css_sets_each_property_for_light_and_dark():
    sheet = drawing.css()
    for role, colour in ROLES.items():
        assert sheet.count(f"--gate-{role}: {colour['mark']};") == 1  # the same in light and dark
        assert (
            sheet.count(f"--gate-{role}-text: {colour['text']['light']};") == 2
        )  # by default and where a page says light
        assert sheet.count(f"--gate-{role}-text: {colour['text']['dark']};") == 2  # by the reader's system, or the page
    assert "html[data-theme=dark], body[data-jp-theme-light=false] {" in sheet
    assert "html[data-theme=dark] .here, body[data-jp-theme-light=false] .here {" in drawing.css(".here")


def test_colours_are_the_callers_own():
    drawing.colours()["roles"].clear()
    assert drawing.colours() == COLOURS
    assert set(COLOURS["roles"]) == set("figoch")
