"""The figure of an LSTM's parameters: how many stand in which array, block by block."""

from numbers import Integral

import plotly.graph_objects as go

from .parts import name_of
from .style import describe, role, slider_of

BLOCKS = "ifgo"  # Keras' order of columns
ARRAYS = {"kernel": "", "recurrent kernel": "/", "bias": "x"}  # and the pattern each is drawn with


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

    counts = {U: {"kernel": inputs * U, "recurrent kernel": U * U, "bias": U} for U in units}
    totals = {U: f"{4 * sum(count.values()):,}" for U, count in counts.items()}
    figure = go.Figure()
    for array in reversed(ARRAYS):  # the kernel on top, the bias at the bottom, as the equations are read
        figure.add_bar(
            **{key: value[0] for key, value in _look([counts[start][array]]).items()},
            x=[name_of(part) for part in BLOCKS],
            name=array,
            marker={"color": [role(part) for part in BLOCKS], "pattern": {"shape": ARRAYS[array], "fgopacity": 0.6}},
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
        )
    steps = [
        (f"{U}: {totals[U]} parameters", "restyle", [_look([counts[U][array] for array in reversed(ARRAYS)])])
        for U in units
    ]
    figure.update_layout(
        title_text=f"Where the parameters of an LSTM on {inputs} inputs sit",
        barmode="stack",
        bargap=0.02,
        hovermode="closest",
        legend_traceorder="reversed",
        sliders=[slider_of("units", steps, units.index(start))],
    )
    figure.update_xaxes(title_text="block")
    figure.update_yaxes(title_text="parameters")
    told = "; ".join(
        f"{U} units: {', '.join(f'{array} {count:,}' for array, count in counts[U].items())} in each of the four blocks, "
        f"{totals[U]} together"
        for U in units
    )
    return describe(figure, f"Parameters of an LSTM on {inputs} inputs. {told}.")


def _look(counts):
    """Heights and labels of bars, four alike for each array."""
    return {"y": [4 * [count] for count in counts], "text": [4 * [f"{count:,}"] for count in counts]}
