"""IMDB: 50,000 film reviews as numbers (Maas et al. 2011). Loading, encoding, padding; no training here."""

from .batches import pad
from .loading import available, load
from .numbers import statistics
from .reviews import Reviews
from .sources import fingerprint
from .text import decode, encode, vocabulary

__all__ = ["Reviews", "available", "decode", "encode", "fingerprint", "load", "pad", "statistics", "vocabulary"]
