"""What is seen of a training while it runs: a bar that grows where somebody watches, else a line for each epoch."""

import sys
import time

from ..common import reader

WIDTH = 24
PAUSE = 0.1  # seconds from one drawing of the bar to the next


class Progress:
    """`Progress(stream=None, quiet=False)`: on a stream, None for the one that is printed to; quiet: nothing at all.
    Somebody watches a terminal, and a notebook that is run by hand.
    """

    def __init__(self, stream=None, quiet=False):
        self.stream = None if quiet else stream or sys.stdout
        self.alive = not quiet and (self.stream.isatty() or (stream is None and reader.is_there()))
        self.drawn = 0.0
        self.width = 0  # of what stands in the line

    def bar(self, name, batches, of, means):
        """`batches` are done, of so many; None where nobody knows."""
        if not self.alive or time.monotonic() - self.drawn < PAUSE:
            return
        self.drawn = time.monotonic()
        filled = 0 if of is None else round(WIDTH * batches / of)
        share = f"{batches} batches" if of is None else f"{'█' * filled}{'░' * (WIDTH - filled)} {batches / of:4.0%}"
        self._draw(f"{name} {share}  {told(means)}".rstrip())

    def clear(self):
        """Takes the bar away."""
        if self.alive and self.width:
            self._draw("")
            self._draw("")

    def line(self, name, epochs):
        """An epoch has ended."""
        self.say(f"{name}: {told({key: values[-1] for key, values in epochs.items()})}")

    def say(self, words):
        if self.alive:
            self._draw(words, "\n")
        elif self.stream is not None:
            self.stream.write(f"{words}\n")
            self.stream.flush()

    def _draw(self, words, end=""):
        """Over what stands in the line, which ends before `end`; notebooks do not know a terminal's codes for that."""
        self.stream.write(f"\r{words:<{self.width}}{end}")
        self.stream.flush()
        self.width = 0 if end else len(words)


def told(means):
    digits = {"loss": ".4f", "val_loss": ".4f", "accuracy": ".1%", "val_accuracy": ".1%"}
    shown = {"val_loss": "validation loss", "val_accuracy": "validation accuracy"}
    parts = [f"{shown.get(name, name)} {means[name]:{form}}" for name, form in digits.items() if name in means]
    return ", ".join([*parts, f"{means['seconds']:.1f} s"] if "seconds" in means else parts)
