"""Trained networks: the shipped ones."""

from .shipped import facts

__all__ = ["facts"]
