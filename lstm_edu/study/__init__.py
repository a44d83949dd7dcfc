"""What the trained models do on the test reviews, counted."""

from .counted import facts

__all__ = ["facts"]
