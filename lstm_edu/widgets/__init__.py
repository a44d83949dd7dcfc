"""The widgets of the book, each an anywidget: it lives in the built page, in JupyterLab, on Binder and in VS Code."""

from .belt_pulse import BeltPulse
from .cell_stepper import CellStepper
from .check import Check
from .dialect_switch import DialectSwitch
from .gradient_lab import GradientLab
from .keeper import Keeper
from .loop_stepper import LoopStepper
from .padding_lab import PaddingLab
from .parcel import Parcel
from .review_explorer import ReviewExplorer, reviews
from .review_reader import ReviewReader
from .shape_tracer import ShapeTracer
from .timeline import Timeline
from .training_film import TrainingFilm

__all__ = [
    "BeltPulse",
    "CellStepper",
    "Check",
    "DialectSwitch",
    "GradientLab",
    "Keeper",
    "LoopStepper",
    "PaddingLab",
    "Parcel",
    "ReviewExplorer",
    "ReviewReader",
    "ShapeTracer",
    "Timeline",
    "TrainingFilm",
    "reviews",
]
