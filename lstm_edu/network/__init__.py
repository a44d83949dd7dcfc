"""A network: an embedding, a cell and one sigmoid, in the one place where they meet; and the trained ones.

net = shipped("lstm_32")            a trained network; `names()` says which there are, `card(name)` how it was made,
                                    `handed(name)` which rows it was trained on
net(ids)                            (B, T) -> P(positive) (B,)
net.read("Not bad.")                what it computes at each word of a text: a `Reading`
net.run(ids, holds)                 the cell's trace, with gates held by hand if you like: a `Run`
net.weights                         {name: array}
TextNetwork(...)                    several recurrent layers, in both directions, of any words: `read(text, place)`
small("parcel_lstm")                a small network, trained on a made task
held(net.cell, "f", 0)              another cell, whose forget gate is 0
"""

from .held import held
from .layers import Dense, Embedding
from .network import LENGTH, Network, Run
from .reading import Reading
from .shipped import card, facts, handed, names, shipped
from .small import small
from .text_network import MERGES, Layer, TextNetwork
from .vocabulary import Vocabulary, of_imdb, own_vocabulary

__all__ = [
    "LENGTH",
    "MERGES",
    "Dense",
    "Embedding",
    "Layer",
    "Network",
    "Reading",
    "Run",
    "TextNetwork",
    "Vocabulary",
    "card",
    "facts",
    "handed",
    "held",
    "names",
    "of_imdb",
    "own_vocabulary",
    "shipped",
    "small",
]
