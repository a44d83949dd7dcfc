"""The widgets of the book, each an anywidget: it lives in the built page, in JupyterLab, on Binder and in VS Code."""

from .belt_pulse import BeltPulse

__all__ = ["BeltPulse"]
