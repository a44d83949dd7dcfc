"""The widget: its traits, what it refuses, and what stands in for it."""

import numpy as np
import traitlets

from ...common import checks
from ...common.html import element, fragment, table
from ...imdb.text import encode
from ...network import names, shipped
from ...words import Words
from ..base import Widget
from ..review_explorer.explorer import reviews
from ..review_explorer.pack import pack as pack_shipped
from ..review_explorer.pack import words
from ..small import KINDS, kind_of, pack
from .picture import brief, picture
from .slopes import changed, reach

say = Words("gradient_lab")
ACTIVATIONS = ("tanh", "relu", "linear")
INPUTS = 3  # of the parcel: the number, the flag, the bell
LONGEST = 100  # steps
RANGES = {"radius": (0.05, 2), "forget_bias": (0, 5), "clip": (0.01, 100)}  # view.js has them too


class GradientLab(Widget):
    """`GradientLab(networks, show=("simple_rnn", "lstm"), weights=None, radius=None, forget_bias=None, steps=30,
    activation="tanh", clip=None, at=None, example=1, text=None)`

    How far back the slope of an answer reaches: its length at each step before, for the cells in `show`, out of
    "simple_rnn" (dL/dh), "lstm" (dL/dc, and what of it came along the belt and what by the detour through h and the
    gates) and "gru" (dL/dh). L is the first logit after step `at` (None: the last), scaled so that the slope there has
    length 1.

    networks: {name of the weights: {kind of cell: `Network`}}, without embedding, 3 inputs, at most 32 units; in the
    place of an LSTM the name of a shipped network may stand, such as "lstm_32": it reads a review and is loaded when it
    is asked for. The names "fresh", "parcel" and "imdb" have words of their own, others stand as they are. weights: the
    name to begin with; None: the first. Networks that are not in `show` are not looked at, but for the plain loop's U.

    radius: the spectral radius that the plain loop's U is scaled to, 0.05 to 2; all other recurrent kernels are
    multiplied by the same factor. forget_bias: what every forget bias of the LSTM is set to, 0 to 5. None leaves both
    as they are. steps: how many the sequence has, 2 to 100. activation: the plain loop's, "tanh", "relu" or "linear".
    clip: 0.01 to 100; where the slopes of all weights together are longer, all slopes are scaled down to it. The
    sequence is an example of the parcel, the flag at step 0, the bell at step `at`, its numbers drawn by the seed
    `example`; a shipped network reads `text`, the first ready review if left out, at most 100 words.

    All but networks, show and example are traits, in step with the page; so is `log`, whether the axis is one. `slopes`
    and `norms` are what the page shows, computed by NumPy.
    Raises TypeError or ValueError, naming the argument, for anything else.

    >>> import numpy as np
    >>> from lstm_edu import SimpleRNNCell
    >>> from lstm_edu.learn import network
    >>> net = network(SimpleRNNCell, 8, np.random.default_rng(1), input_size=3)
    >>> lab = GradientLab({"fresh": {"simple_rnn": net}}, ("simple_rnn",), radius=0.5, activation="linear", steps=4)
    >>> lab.slopes()["simple_rnn"].round(6).tolist()  # U is a turn, times 0.5
    [0.125, 0.25, 0.5, 1.0]
    """

    script = "gradient_lab"
    weights = traitlets.Unicode().tag(sync=True)
    radius = traitlets.Float(allow_none=True).tag(sync=True)
    forget_bias = traitlets.Float(allow_none=True).tag(sync=True)
    steps = traitlets.Int().tag(sync=True)
    at = traitlets.Int(allow_none=True).tag(sync=True)
    activation = traitlets.Unicode().tag(sync=True)
    clip = traitlets.Float(allow_none=True).tag(sync=True)
    log = traitlets.Bool(True).tag(sync=True)
    text = traitlets.Unicode().tag(sync=True)
    # what the page starts with
    networks = traitlets.Dict().tag(
        sync=True
    )  # {weights: {kind: packed, or the name of a shipped one}}, those in `show`
    radii = traitlets.Dict().tag(sync=True)  # {weights: the plain loop's own spectral radius}
    numbers = traitlets.List().tag(sync=True)  # of the parcels
    reviews = traitlets.List().tag(sync=True)

    def __init__(
        self,
        networks,
        show=("simple_rnn", "lstm"),
        weights=None,
        radius=None,
        forget_bias=None,
        steps=30,
        activation="tanh",
        clip=None,
        at=None,
        example=1,
        text=None,
    ):
        found = _networks(networks)
        show = _show(show, found)
        self._networks = {name: {kind: nets[kind] for kind in show if kind in nets} for name, nets in found.items()}
        self._networks = {name: nets for name, nets in self._networks.items() if nets}
        ready = [{"name": name, "text": text} for name, text in reviews() if len(encode(text)) <= LONGEST]
        reads = any(isinstance(one, str) for nets in self._networks.values() for one in nets.values())
        numbers = np.random.default_rng(checks.whole(example, "example", 0, 10**6)).uniform(-1, 1, LONGEST)
        super().__init__(
            weights=checks.one_of(weights or next(iter(self._networks)), self._networks, "weights"),
            steps=checks.whole(steps, "steps", 2, LONGEST),
            activation=checks.one_of(activation, ACTIVATIONS, "activation"),
            at=None if at is None else checks.whole(at, "at", 0, LONGEST - 1),
            text=_text(ready[0]["text"] if text is None else text),
            networks={
                name: {kind: one if isinstance(one, str) else pack(one) for kind, one in nets.items()}
                for name, nets in self._networks.items()
            },
            radii={name: _radius(nets["simple_rnn"]) for name, nets in found.items() if "simple_rnn" in nets},
            numbers=numbers.round(2).tolist(),
            reviews=ready if reads else [],
            **{name: _number(value, name) for name, value in zip(RANGES, (radius, forget_bias, clip), strict=True)},
        )
        self.on_msg(self._answer)

    def _answer(self, _, content, buffers):
        """The page of a live notebook asks for a shipped model."""
        name = content.get("name")
        if content.get("want") == "pack" and any(name in nets.values() for nets in self._networks.values()):
            self.send({"pack": pack_shipped(shipped(name), name) | {"words": words()}})

    @traitlets.validate(*RANGES)
    def _check_number(self, proposal):
        return _number(proposal.value, proposal.trait.name)

    @traitlets.validate("weights", "activation")
    def _check_name(self, proposal):
        name = proposal.trait.name
        return checks.one_of(proposal.value, self._networks if name == "weights" else ACTIVATIONS, name)

    @traitlets.validate("steps")
    def _check_steps(self, proposal):
        return checks.whole(proposal.value, "steps", 2, LONGEST)

    @traitlets.validate("at")
    def _check_at(self, proposal):
        return None if proposal.value is None else checks.whole(proposal.value, "at", 0, LONGEST - 1)

    @traitlets.validate("text")
    def _check_text(self, proposal):
        return _text(proposal.value)

    @property
    def factor(self):
        """What the recurrent kernels are multiplied by; 1 where `radius` is None or there is no plain loop."""
        own = self.radii.get(self.weights)
        return 1.0 if own is None or self.radius is None else self.radius / own

    @property
    def asked(self):
        """The step after which the answer is asked."""
        last = (len(encode(self.text)) if self._reads else self.steps) - 1
        return last if self.at is None else min(self.at, last)

    def inputs(self):
        """The parcels, up to the one at which the bell rings: (1, T, 3), the number, the flag, the bell."""
        x = np.zeros((1, self.asked + 1, INPUTS))
        x[0, :, 0] = self.numbers[: self.asked + 1]
        x[0, 0, 1] = x[0, -1, 2] = 1
        return x

    def slopes(self):
        """{name of the curve: lengths of the slope at each step (T,)} as the page draws them, clipped: "simple_rnn",
        "lstm" and its parts "belt" and "detour", "gru"."""
        clip = np.inf if self.clip is None else self.clip
        return {
            kind if part == "total" else part: values * min(1.0, clip / norm)
            for kind, (curves, norm) in self._reached().items()
            for part, values in curves.items()
        }

    def norms(self):
        """{kind of cell: the length of the slopes of all its weights and the answer's, before the clip}."""
        return {kind: one.norm for kind, one in self._reached().items()}

    @property
    def _reads(self):
        """Whether the chosen weights are a shipped network's."""
        return any(isinstance(one, str) for one in self._networks[self.weights].values())

    def _reached(self):
        found = {}
        for kind, network in self._networks[self.weights].items():
            x, state = self.inputs(), None
            if isinstance(network, str):
                network = shipped(network)
                x, state, _ = network.ready([encode(self.text)])
                x = x[:, : self.asked + 1]
            cell = changed(network.cell, self.factor, self.forget_bias, self.activation)
            found[kind] = reach(cell, network.dense, x, state)
        return found

    def still(self):
        curves = self.slopes()
        T = self.asked + 1
        rows = [(T - 1 - t, *(brief(values[t]) for values in curves.values())) for t in range(T)]
        head = [say("table.before"), *(say(f"curve.{name}") for name in curves)]
        told = [
            say("still.told", name=say(f"cell.{kind}"), share=brief(curves[kind][0] / curves[kind][-1]), n=T - 1)
            for kind in self._networks[self.weights]
        ]
        return fragment(
            element("p", element("b", say("title"))),
            picture(curves, say("still.label", n=T - 1)),
            [element("p", line) for line in told],
            element("details", element("summary", say("table.summary")), table(head, rows)),
        )


def _networks(networks):
    """{weights: {kind: `Network` or the name of a shipped one}}, checked."""
    if not isinstance(networks, dict) or not networks:
        raise TypeError(f"networks: expected a dict, name -> kind -> network, got {type(networks).__name__}")
    for name, nets in networks.items():
        place = f"networks[{name!r}]"
        if not isinstance(name, str) or not isinstance(nets, dict) or not nets:
            raise TypeError(f"{place}: expected a dict of networks by their kinds, got {type(nets).__name__}")
        for kind, network in nets.items():
            checks.one_of(kind, KINDS, f"{place}: a kind")
            _network(network, f"{place}[{kind!r}]", kind)
    return networks


def _network(network, place, kind):
    if isinstance(network, str):
        checks.one_of(network, names(), place)
    found = "lstm" if isinstance(network, str) else kind_of(network, place, INPUTS)
    if found != kind:
        raise ValueError(f"{place}: expected a network of this kind, got one of the kind {found!r}")
    if not isinstance(network, str) and not network.dense.kernel[:, 0].any():
        raise ValueError(f"{place}: expected a first answer that depends on h, got a dense kernel of zeros")


def _show(show, networks):
    """The kinds to be shown, each there in some network."""
    if isinstance(show, str) or not all(isinstance(kind, str) for kind in show) or not show:
        raise TypeError(f"show: expected kinds of cells, such as ('simple_rnn', 'lstm'), got {show!r}")
    there = [kind for kind in KINDS if any(kind in nets for nets in networks.values())]
    for kind in show:
        checks.one_of(kind, there, "show")
    return [kind for kind in there if kind in show]


def _radius(network):
    """The spectral radius of U: the largest size of its eigenvalues."""
    return float(np.abs(np.linalg.eigvals(network.cell.recurrent_kernel.astype(np.float64))).max())


def _number(value, name):
    return None if value is None else checks.between(value, name, *RANGES[name])


def _text(text):
    if not isinstance(text, str):
        raise TypeError(f"text: expected a string, got {type(text).__name__}")
    if len(encode(text)) > LONGEST:
        raise ValueError(f"text: expected at most {LONGEST} steps, the start among them, got {len(encode(text))}")
    return text
