"""What the answers of all questions are, computed: name -> function, in COMPUTED. A file a chapter, and
one for the cover and each other page."""

from . import (
    chapter_01,
    chapter_02,
    chapter_03,
    chapter_04,
    chapter_05,
    chapter_06,
    chapter_07,
    chapter_08,
    chapter_09,
    chapter_10,
    chapter_11,
    chapter_12,
    index,
    your_network,
)
from .shared import COMPUTED, QUESTIONS, ROOT, Computed

__all__ = [
    "COMPUTED",
    "QUESTIONS",
    "ROOT",
    "Computed",
    "chapter_01",
    "chapter_02",
    "chapter_03",
    "chapter_04",
    "chapter_05",
    "chapter_06",
    "chapter_07",
    "chapter_08",
    "chapter_09",
    "chapter_10",
    "chapter_11",
    "chapter_12",
    "index",
    "your_network",
]
