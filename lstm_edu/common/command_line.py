"""What the package's command lines share: an error is one line on standard error and a non-zero status."""

import argparse
import sys


class Parser(argparse.ArgumentParser):
    """An argument parser that says what is wrong in one line, without repeating the usage."""

    def error(self, message):
        print(f"{self.prog}: {message}", file=sys.stderr)
        raise SystemExit(2)


def end_with_one_line(prog, work):
    """Calls `work()`; what a user can mend ends the program with one line, an interrupt with status 130."""
    try:
        work()
    except (ValueError, OSError, ImportError) as error:
        print(f"{prog}: {' '.join(str(error).split())}", file=sys.stderr)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        print(f"{prog}: stopped; the same command goes on from here", file=sys.stderr)
        raise SystemExit(130) from None
