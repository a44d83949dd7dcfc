"""The networks among which a reader chooses, and what the page says of each."""

from ...network import card, handed, names
from ...words import Words

say = Words("networks")


def about(name):
    """What the page says of a shipped network, from its card: its title, and its accuracy as it is shipped and before
    its embedding became whole numbers."""
    made = card(name)
    accuracy, unquantised = (made[kind]["test_accuracy"] for kind in ("quantised", "unquantised"))
    title = say(made["recipe"], seed=made["seed"])
    return {"title": title, "accuracy": accuracy, "unquantised": unquantised}


def every():
    """The names of the shipped networks, those of the tutorials' recipe before the others."""
    return sorted(names(), key=lambda name: (card(name)["recipe"] != "lstm_32", name))


def in_order():
    """Those of them that were trained on such rows as the explorer hands over: the last words, zeros in front or
    masked."""

    def fits(rows):
        return rows["truncating"] == "pre" and (rows["mask"] or rows["padding"] == "pre")

    return [name for name in every() if fits(handed(name))]


def offered(first, own, others=True):
    """[{"name", "title", ...}]: the network of the name `first`, then, with `others`, the shipped ones `in_order`. A
    reader's `own` has its name for a title, and no accuracy."""
    rest = [{"name": name, **about(name)} for name in in_order() if name != first] if others else []
    return [{"name": first, **({"title": first} if own else about(first))}, *rest]
