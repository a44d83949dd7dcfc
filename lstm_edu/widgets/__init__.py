"""The widgets of the book, each an anywidget: it lives in the built page, in JupyterLab, on Binder and in VS Code."""

from .belt_pulse import BeltPulse
from .loop_stepper import LoopStepper

__all__ = ["BeltPulse", "LoopStepper"]
