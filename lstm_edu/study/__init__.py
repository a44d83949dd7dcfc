"""What the trained models do on the test reviews, counted."""

from .counted import facts
from .reading import held

__all__ = ["facts", "held"]
