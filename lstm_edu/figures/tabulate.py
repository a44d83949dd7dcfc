"""Numbers under one another, printed: for a table that wants no figure."""

from string import Formatter


def tabulate(rows, form, head=None):
    """Print a line for each row: its name, then its values as `form` writes them.

    rows: name -> a sequence of values; form: a format for the values of a row, as for `str.format`, such as
    5 * " {:.1f}"; head: what stands above, one line or several. Raises ValueError if there is no row, or if a row has
    another number of values than `form` has places.

    >>> tabulate({"shut": [0.0, 0.25], "open": [1.0, 0.5]}, " {:.1f} {:.0%}", "unit   1   2")
    unit   1   2
    shut 0.0 25%
    open 1.0 50%
    """
    if not rows:
        raise ValueError("rows: expected one at least, got none")
    places = sum(name is not None for _, name, _, _ in Formatter().parse(form))
    for name, values in rows.items():
        if len(values) != places:
            raise ValueError(f"rows: expected {places} values as in form, got {len(values)} for {name!r}")
    width = max(len(str(name)) for name in rows)
    lines = [f"{name!s:{width}}{form.format(*values)}" for name, values in rows.items()]
    print(*([] if head is None else [head]), *lines, sep="\n")
