"""What is trained: the recipes of the tutorials, as data.

Every recipe is trained on the same reviews and scored on the same 25,000 test reviews. `validation_split` holds out
the *last* part of the training reviews, unshuffled, as Keras' `fit` does.
"""

from dataclasses import asdict, dataclass, replace

CHOLLET = "Chollet 2017, section 6.2"


@dataclass(frozen=True, kw_only=True)
class Fit:
    """What every recipe says about training: Keras' words for it."""

    name: str
    source: str  # who publishes it
    claimed: str  # what they say it reaches; "" where they say nothing
    num_words: int = 10_000  # ids from here on are "unknown"
    optimizer: str = "rmsprop"  # with Keras' learning rate, 0.001
    batch_size: int = 128
    epochs: int = 10
    validation_split: float = 0.2
    deterministic: bool = True  # sums in one order, so that a seed brings the same weights again

    def settings(self):
        """What decides the result, as a dictionary: all but the name and where the recipe is from."""
        return {key: value for key, value in asdict(self).items() if key not in ("name", "source", "claimed")}


@dataclass(frozen=True, kw_only=True)
class SequenceRecipe(Fit):
    """Words one after the other: embedding, a recurrent layer, perhaps a dense one, one sigmoid."""

    layer: str  # "lstm" or "simple_rnn"
    units: int = 32
    maxlen: int = 500  # the last words of a review, zeros in front of a shorter one
    embedding: int = 32
    dropout: float = 0.0  # on the inputs of the recurrent layer
    dense: int = 0  # units of a relu layer after it; 0: none


@dataclass(frozen=True, kw_only=True)
class BagRecipe(Fit):
    """Which words occur, in no order: a row of zeros and ones, dense relu layers, one sigmoid."""

    hidden: tuple[int, ...] = ()  # units of each relu layer


LSTM_32 = SequenceRecipe(
    name="lstm_32",
    source=f"{CHOLLET}; Chollet and Allaire 2018, pp. 190-95",
    claimed="validation 89% and 88%",
    layer="lstm",
)
AS_IT_COMES = "this book: `lstm_32` as TensorFlow runs it when nothing is said about the order of sums"

_ALL = (
    LSTM_32,
    replace(LSTM_32, name="lstm_32_threads", source=AS_IT_COMES, claimed="", deterministic=False),
    replace(LSTM_32, name="lstm_32_threads_again", source=AS_IT_COMES, claimed="", deterministic=False),
    SequenceRecipe(name="simple_rnn_32", source=CHOLLET, claimed="validation 85%", layer="simple_rnn"),
    SequenceRecipe(
        name="rnn_tw",
        source="a blog post in traditional Chinese, after Chollet",
        claimed="training 85%",
        layer="simple_rnn",
        maxlen=200,
        dense=32,
    ),
    # The source trains it on all 25,000 reviews, after its four epochs were chosen on the first 10,000. Here it sees
    # the same 20,000 as the recipes it is compared with.
    BagRecipe(
        name="dense_16_16",
        source="Chollet 2017, section 3.5",
        claimed="test 88%",
        batch_size=512,
        epochs=4,
        hidden=(16, 16),
    ),
    # No tutorial's: the plainest model there is, a weight for each word, fitted as `lstm_32` is.
    BagRecipe(name="bag_of_words", source="this book", claimed=""),
    # The source says neither optimizer nor epochs: those of `lstm_32`, of which it is the shorter form.
    SequenceRecipe(
        name="lstm_tw_200",
        source="a blog post in traditional Chinese, after Chollet",
        claimed="88%",
        layer="lstm",
        maxlen=200,
    ),
    SequenceRecipe(
        name="wang",
        source="lecture notes after Shusen Wang, 2019",
        claimed="",
        layer="lstm",
        dropout=0.2,
        batch_size=32,
        epochs=3,
    ),
    # Trained on all 25,000 reviews, without validation.
    SequenceRecipe(
        name="brownlee",
        source="Brownlee 2016",
        claimed="test 86.79%",
        num_words=5_000,
        layer="lstm",
        units=100,
        optimizer="adam",
        batch_size=64,
        epochs=3,
        validation_split=0.0,
    ),
)

RECIPES = {recipe.name: recipe for recipe in _ALL}


def recipe(name):
    """The recipe of that name; ValueError names the known ones."""
    if name not in RECIPES:
        raise ValueError(f"recipe: expected one of {', '.join(RECIPES)}, got {name!r}")
    return RECIPES[name]
