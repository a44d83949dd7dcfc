"""Cut the book's fonts out of Debian's packages into book/assets/fonts/, where each is committed beside its licence.

To be run when a page shows a sign that they lack: tests/book/test_mathematics.py and test_typefaces.py say which. On
Debian 12, with Brotli, which the book does without:

    apt-get install fonts-inter fonts-jetbrains-mono fonts-lmodern
    .venv/bin/uv pip install --target _build/brotli brotli
    PYTHONPATH=_build/brotli .venv/bin/python tools/cut_fonts.py
"""

from pathlib import Path

from fontTools import subset

OUT = Path(__file__).resolve().parents[1] / "book" / "assets" / "fonts"
SHARE = Path("/usr/share")


def span(*ends: tuple[int, int]) -> str:
    """The characters from each first one to each last one."""
    return "".join(chr(code) for first, last in ends for code in range(first, last + 1))


MATHEMATICS = (
    span((0x20, 0x7E), (0x3B1, 0x3C9))
    + span((0x1D400, 0x1D454), (0x1D456, 0x1D467), (0x1D6FC, 0x1D71B), (0x1D7CE, 0x1D7D7))  # bold, and italic
    + "ℎ\xa0\u2061\u2062·×÷±¬ℓℝℕℤℂ∂∇∞∅√∑∏∫ϵϕΓΔΘΛΞΠΣΦΨΩ←→↑↓↔↦⇐⇒⇔⟵⟶⟸⟹⟺"
    + "∀∃∈∉∘∝∧∨∩∪∼≈≠≡≤≥≪≫⊂⊆⊕⊗⊙⊤⊥⋅⋆⋯…−∗∣∥′″⟨⟩⌈⌉⌊⌋⏞⏟¯ˆ˜˙¨"
)
LATIN = span((0x20, 0x7E), (0xA0, 0xFF)) + "ĆćČčĐđĘęĞğİıŁłŃńŐőŒœŘřŚśŞşŠšŰűŸŹźŻżŽž–—‘’‚“”„†•…‰‹›€™←↑→↓−√∞≈≠≤≥"
TEXT = LATIN + "ΔΣΩαβγδεθλμπσφω⁄⁰⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉∂∫"
FONTS = {  # name in the book: (place in /usr/share, its signs, features of OpenType)
    "mathematics": ("texmf/fonts/opentype/public/lm-math/latinmodern-math.otf", MATHEMATICS, []),
    "text": ("fonts/opentype/inter/Inter-Regular.otf", TEXT, ["kern", "mark", "tnum"]),
    "text-bold": ("fonts/opentype/inter/Inter-Bold.otf", TEXT, ["kern", "mark", "tnum"]),
    "code": ("fonts/truetype/jetbrains-mono/JetBrainsMono-Regular.ttf", LATIN, ["mark"]),
}


def cut(source: Path, target: Path, signs: str, features: list[str]) -> None:
    """Write those glyphs of a font that `signs` need, large brackets and their parts included."""
    options = subset.Options(
        flavor="woff2", hinting=False, desubroutinize=True, layout_features=features, notdef_outline=True
    )
    options.drop_tables += ["FFTM"]
    font = subset.load_font(source, options)
    if missing := [sign for sign in signs if ord(sign) not in font.getBestCmap()]:
        raise ValueError(f"signs: expected those that {source.name} has, got also {missing}")
    tool = subset.Subsetter(options)
    tool.populate(text=signs)
    tool.subset(font)
    if "MATH" in font:  # as TeX has it for a single letter: an index stands as low below g as below f
        constants = font["MATH"].table.MathConstants
        constants.SubscriptBaselineDropMin.Value = 0
        constants.SuperscriptBaselineDropMax.Value = 390
    subset.save_font(font, target, options)
    print(f"{target.name}: {len(font.getGlyphOrder())} glyphs, {target.stat().st_size} bytes")


def main() -> None:
    for name, (place, signs, features) in FONTS.items():
        cut(SHARE / place, OUT / f"{name}.woff2", signs, features)


if __name__ == "__main__":
    main()
