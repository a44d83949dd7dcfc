"""Parcel: the marked parcel as a reader meets it. Numbers come by, one is flagged, and the bell asks for it."""

import numpy as np
import traitlets

from .. import drawing
from ..common import checks
from ..common.checks import whole
from ..common.html import element, fragment, table
from ..tasks import parcel_row
from ..words import Words
from .base import Widget
from .small import kind_of, pack

say = Words("parcel")
LONGEST = 60  # steps from flag to bell
LAST = 999_999  # example; those from NEW on are new to everybody
NEW, ROWS = 1_000_000, 500
PACE = 300, 5000  # milliseconds for a parcel
# in the still's picture, from the middle of a box's upper side
FLAG = "v-24l14 5l-14 5h-1.5v14z"
BELL = "m-10 -3q4.5 -4 4.5 -10a5.5 5.5 0 0 1 11 0q0 6 4.5 10zm7.5 1a2.5 2.5 0 0 0 5 0z"


class Parcel(Widget):
    """`Parcel(networks=None, lag=10, example=1, pace=1500)`

    One row after the other of the task `marked_parcel`, answered by the reader and, where there are some, by networks.
    networks: {name shown to the reader: `Network`}, each handed the 3 numbers of a step and giving 1, with a
    `SimpleRNNCell`, `LSTMCell` or `GRUCell` of at most 32 units. lag: steps from flag to bell, 1 to 60. example: which
    row comes first, 1 to 999,999. pace: milliseconds for a parcel while it plays, 300 to 5000.

    `lag`, `example` and `pace` are traits, in step with the page, and so are `at`, how many parcels have come by;
    `answer`, what the reader said of this row, None before; `rounds`, what was said first of each row, each
    {"example", "lag", "answer"}. `inputs` (T, 3) is the row, `answers()` what the networks say of it, `errors()` how
    far off they are over 500 others. Raises TypeError or ValueError, naming the argument.

    >>> Parcel(lag=1).inputs.tolist()
    [[0.39, 0.0, 0.0], [0.7, 1.0, 0.0], [-0.8, 0.0, 1.0]]
    """

    script = "parcel"
    cells = traitlets.Dict().tag(sync=True)  # name -> pack
    lag = traitlets.Int().tag(sync=True)
    example = traitlets.Int().tag(sync=True)
    at = traitlets.Int(0).tag(sync=True)
    pace = traitlets.Int().tag(sync=True)
    answer = traitlets.Any(None).tag(sync=True)
    rounds = traitlets.List().tag(sync=True)

    def __init__(self, networks=None, lag=10, example=1, pace=1500):
        self._networks = _named(networks)
        cells = {name: _packed(network, name) for name, network in self._networks.items()}
        numbers = {"lag": lag, "example": example, "pace": pace}
        super().__init__(cells=cells, **{name: _within(value, name) for name, value in numbers.items()})

    @traitlets.validate("lag", "example", "pace")
    def _check_number(self, proposal):
        return _within(proposal.value, proposal.trait.name)

    @traitlets.validate("at")
    def _check_at(self, proposal):
        return whole(proposal.value, "at", 0, len(self.inputs))

    @traitlets.observe("lag", "example")
    def _stay_within(self, _):
        self.at = min(self.at, len(self.inputs))

    @traitlets.validate("answer")
    def _check_answer(self, proposal):
        return None if proposal.value is None else _number(proposal.value, "answer")

    @traitlets.validate("rounds")
    def _check_rounds(self, proposal):
        return [_round(each, k) for k, each in enumerate(proposal.value)]

    @property
    def inputs(self):
        """The row as it stands (T, 3): number, flag and bell."""
        return parcel_row(self.example, self.lag)

    def answers(self, since_the_flag=False):
        """{name: what the network says when the bell rings}; since_the_flag: what it would say if the bell rang at each
        step after the flag, (lag,)."""
        inputs = self.inputs
        flag = int(inputs[:, 1].argmax())
        bells = range(flag + 1, len(inputs)) if since_the_flag else [len(inputs) - 1]
        said = {name: [_said(network, inputs, bell) for bell in bells] for name, network in self._networks.items()}
        return {name: np.array(all) if since_the_flag else all[0] for name, all in said.items()}

    def errors(self, rows=ROWS):
        """{name: the root of the mean square of what the network is off at this lag, over that many rows}."""
        new = [parcel_row(NEW + 1 + k, self.lag) for k in range(whole(rows, "rows", 1, LAST))]
        right = np.array([_right(inputs) for inputs in new])
        return {
            name: float(np.sqrt(np.mean([(_said(network, x) - y) ** 2 for x, y in zip(new, right, strict=True)])))
            for name, network in self._networks.items()
        }

    # --- where no script runs -------------------------------------------------------------------------------------

    def still(self):
        inputs = self.inputs
        told = {"flag": int(inputs[:, 1].argmax()) + 1, "bell": len(inputs)}
        steps = [
            (t + 1, f"{number:.2f}", say("flag") if flag else say("bell") if bell else "")
            for t, (number, flag, bell) in enumerate(inputs)
        ]
        said = [(element("bdi", name), f"{value:.2f}") for name, value in self.answers().items()]
        return fragment(
            _picture(inputs, say("still.label", **told)),
            element("p", say("still.told", **told)),
            element(
                "details",
                element("summary", say("still.summary")),
                table((say("columns.parcel"), say("columns.number"), say("columns.sign")), steps),
                table((say("columns.who"), say("columns.answer")), said) if said else None,
            ),
        )


def _named(networks):
    if networks is None:
        return {}
    if not isinstance(networks, dict):
        raise TypeError(f"networks: expected a dict of networks by their names, got {type(networks).__name__}")
    for name in networks:
        if not isinstance(name, str) or not name:
            raise TypeError(f"networks: expected a name for each network, got {name!r}")
    return networks


def _packed(network, name):
    argument = f"networks[{name!r}]"
    kind_of(network, argument, 3)
    if (outputs := network.dense.kernel.shape[1]) != 1:
        raise ValueError(f"{argument}: expected one number out, got {outputs}")
    return pack(network)


def _within(value, name):
    return whole(value, name, *{"lag": (1, LONGEST), "example": (1, LAST), "pace": PACE}[name])


def _number(value, argument):
    """What a reader may answer."""
    number = float(checks.shaped(value, argument, (), "a number", np.float64))
    if not -1 <= number <= 1:
        raise ValueError(f"{argument}: expected a number from -1 to 1, got {value}")
    return number


def _round(given, k):
    if not isinstance(given, dict) or set(given) != {"example", "lag", "answer"}:
        raise ValueError(f"rounds[{k}]: expected a dict of example, lag and answer, got {given!r}")
    whole_ = {name: _within(given[name], name) for name in ("example", "lag")}
    return whole_ | {"answer": _number(given["answer"], f"rounds[{k}]")}


def _said(network, inputs, bell=-1):
    """What a network says of a row when the bell rings at a step, that of the row or another."""
    inputs = inputs[: bell % len(inputs) + 1].copy()
    inputs[:, 2] = 0
    inputs[-1, 2] = 1
    return float(network.logits(inputs[None])[0, 0])


def _right(inputs):
    """The number with the flag."""
    return inputs[inputs[:, 1] == 1, 0].item()


def _picture(inputs, label):
    """A closed box for each parcel, the flag over one, the bell over the last: no number is seen."""
    roles = drawing.colours()["roles"]
    pitch = min(560 / len(inputs), 48)
    middle = [pitch * (t + 0.5) for t in range(len(inputs))]

    def over(t, d, role):
        return element("path", d=f"M{middle[t]:.1f} 32{d}", fill=roles[role]["mark"])

    boxes = [element("rect", x=f"{x - 0.42 * pitch:.1f}", y=36, width=f"{0.84 * pitch:.1f}", height=28) for x in middle]
    return element(
        "svg",
        element("g", boxes, fill="none", stroke="currentColor"),
        element("path", d=f"M0 68h{pitch * len(inputs):.1f}", stroke="currentColor", stroke_width=3),
        over(int(inputs[:, 1].argmax()), FLAG, "c"),
        over(len(inputs) - 1, BELL, "o"),
        viewBox=f"0 0 {pitch * len(inputs):.1f} 72",
        width=f"{pitch * len(inputs):.0f}",
        role="img",
        aria_label=label,
        style="display:block;max-width:100%",
    )
