"""What the trained models do on the test reviews, counted."""

from .reading import held

__all__ = ["held"]
