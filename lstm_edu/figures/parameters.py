"""The figure of an LSTM's parameters: how many stand in which array, block by block."""

from math import prod
from numbers import Integral

import plotly.graph_objects as go

from .style import describe, role, slider_of, theme

BLOCKS = "ifgo"  # Keras' order of columns
ARRAYS = ("bias", "recurrent kernel", "kernel")  # from below


def parameters(inputs, units, start=None):
    """The weights of each block as stacked bars: kernel, recurrent kernel, bias, for the units that a slider chooses.

    The four bars touch: the picture is the fused kernel, and areas are numbers of parameters. inputs: D; units: the
    values of U on the slider; start: the U shown first, the first if None. Raises ValueError if a size is no whole
    number above 0, or `start` is none of the units.
    """
    units = list(units)
    for argument, sizes in (("inputs", [inputs]), ("units", units)):
        if not sizes or not all(isinstance(size, Integral) and size > 0 for size in sizes):
            raise ValueError(f"{argument}: expected whole numbers above 0, got {sizes}")
    start = units[0] if start is None else start
    if start not in units:
        raise ValueError(f"start: expected one of {', '.join(map(str, units))}, got {start!r}")

    looks = {U: _look(inputs, U) for U in units}
    totals = {U: f"{4 * sum(bars[0] for bars in look['y']):,}" for U, look in looks.items()}
    figure = go.Figure()
    for k, array in enumerate(ARRAYS):
        figure.add_bar(
            **{key: values[k] for key, values in looks[start].items()},
            x=list(BLOCKS),
            marker=_marker(array),
        )
    steps = [(f"{U}: {totals[U]} parameters", "restyle", [look]) for U, look in looks.items()]
    figure.update_layout(
        title_text=f"Where the parameters of an LSTM on {inputs} inputs sit",
        barmode="stack",
        bargap=0.02,
        hovermode="closest",
        legend={"traceorder": "reversed", "y": -0.25},
        sliders=[slider_of("units", steps, units.index(start))],
    )
    figure.update_xaxes(title_text="block")
    figure.update_yaxes(title_text="parameters of a block", zeroline=False)  # a line there would pass for the bias
    told = "; ".join(
        f"{U} units: {', '.join(reversed(look['name']))}, {totals[U]} together" for U, look in looks.items()
    )
    return describe(figure, f"Parameters of an LSTM on {inputs} inputs, in all four blocks. {told}.")


def _marker(array):
    """The kernel in the colours of its blocks, the recurrent kernel hatched; the bias, a thin strip, dark as text."""
    if array == "bias":
        return {"color": theme("ink")}
    shape = "/" if array == "recurrent kernel" else ""
    hatch = {"shape": shape, "fillmode": "overlay", "fgcolor": theme("background")}
    return {"color": [role(part) for part in BLOCKS], "pattern": hatch}


def _look(inputs, units):
    """Heights of the bars, and as their names the arrays' shapes and sizes, from below."""
    shapes = {"bias": (4 * units,), "recurrent kernel": (units, 4 * units), "kernel": (inputs, 4 * units)}
    return {
        "y": [4 * [prod(shapes[array]) // 4] for array in ARRAYS],
        "name": [f"{array} {shapes[array]}: {prod(shapes[array]):,}" for array in ARRAYS],
    }
