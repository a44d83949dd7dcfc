"""Whether somebody sits before the page or the terminal, and can be shown something that changes."""

import sys


def is_there():
    """Whether the code came from where a reader can be asked something, as in JupyterLab: not from a program that runs
    a notebook. The Jupyter messages say so themselves (`allow_stdin` of execute_request).
    """
    ipython = sys.modules.get("IPython")
    shell = None if ipython is None else ipython.get_ipython()
    request = getattr(shell, "get_parent", dict)()
    return bool(request.get("content", {}).get("allow_stdin"))
