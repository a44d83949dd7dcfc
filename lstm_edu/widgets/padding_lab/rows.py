"""A row of ids that a network reads as it stands: no zeros are put in front, none is left out but by a mask."""

from ...cells.activations import sigmoid
from ...imdb import pad
from ...imdb.text import PAD
from ...network import LENGTH, card, handed
from ...words import Words
from ..review_explorer.networks import about, every

say = Words("padding_lab")
WORDS = 10_000  # ids that the row may hold


def along(network, row, mask=False):
    """P(positive) (T,) of a `Network` after each step of a row of ids (T,); mask: steps with a zero do not count."""
    x = network.embedding(row[None])  # (1, T, D)
    h = network.cell(x, mask=(row != PAD)[None] if mask else None)  # (1, T, H)
    return sigmoid(network.logit(h))[0]


def read(network, ids, maxlen, padding, truncating, mask):
    """`along` the row that a list of ids becomes."""
    return along(network, pad([ids], maxlen, padding, truncating)[0], mask)


def networks():
    """[{"name", "title", "handed"}] of the shipped networks that were trained on rows of this length, of these ids;
    those of the tutorials' recipe come first, and `handed` is `network.handed(name)`."""
    read_here = {"maxlen": LENGTH, "num_words": WORDS}
    return [
        {"name": name, "title": about(name)["title"], "handed": handed(name)}
        for name in every()
        if read_here.items() <= card(name)["settings"].items()
    ]


def told(count, rows):
    """The row that `count` ids become in words, a list of sentences, as js/widgets/padding_lab/tell.js says them."""
    kept = min(count, rows["maxlen"])
    zeros, cut = rows["maxlen"] - kept, count - kept
    side = ("before" if rows["padding"] == "pre" else "behind") if zeros else "full"
    parts = {"steps": say("steps", n=rows["maxlen"]), "ids": say("told.ids", n=kept)}
    if zeros:
        parts["zeros"] = say("told.zeros", n=zeros)
    end = "first" if rows["truncating"] == "pre" else "last"
    sentences = [say(f"told.{side}", **parts), say(f"told.cut_{end}", n=cut) if cut else say("told.whole")]
    if rows["mask"]:
        sentences.append(say("told.masked", ids=parts["ids"]) if zeros else say("told.nothing_masked"))
    return sentences
