"""What is trained: the recipes of the tutorials, as data.

A recipe says which data, which model, which trainer, and the settings. All recipes of reviews are trained on the same
reviews and scored on the same 25,000 test reviews. `validation_split` holds out the *last* part of the training
reviews, unshuffled, as Keras' `fit` does.
"""

from dataclasses import dataclass, replace

from ..common import checks

FIT = {
    "num_words": 10_000,  # ids from here on are "unknown"
    "optimizer": "rmsprop",  # with Keras' learning rate, 0.001
    "batch_size": 128,
    "epochs": 10,
    "validation_split": 0.2,
    "deterministic": True,  # sums in one order, so that a seed brings the same weights again
}
# a model that reads reviews -> its settings, as they are where a recipe says nothing else
MODELS = {
    # words one after the other: embedding, a recurrent layer, perhaps a dense one, one sigmoid
    "sequence": FIT
    | {
        "layer": "lstm",  # or "simple_rnn"
        "units": 32,
        "maxlen": 500,  # the last words of a review, zeros in front of a shorter one
        "embedding": 32,
        "dropout": 0.0,  # on the inputs of the recurrent layer
        "dense": 0,  # units of a relu layer after it; 0: none
    },
    # which words occur, in no order: a row of zeros and ones, dense relu layers, one sigmoid
    "bag": FIT | {"hidden": []},  # units of each relu layer
}
CHOLLET = "Chollet 2017, section 6.2"
AS_IT_COMES = "this book: `lstm_32` as TensorFlow runs it when nothing is said about the order of sums"


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """What is trained on what, and by whom: names and plain values, so that it travels to another process.

    >>> from lstm_edu import runs
    >>> one = runs.recipe("lstm_32")
    >>> one.data, one.model, one.trainer, one.settings["units"]
    ('imdb', 'sequence', 'keras', 32)
    """

    name: str
    data: str  # a name in `data.LOADERS`
    model: str  # what is built, by the name its trainer knows it by
    trainer: str  # a name in `one_run.TRAINERS`
    settings: dict  # what else decides the result
    source: str = ""  # who publishes it
    claimed: str = ""  # what they say it reaches; "" where they say nothing

    @property
    def changed(self):
        """{name: value} of the settings that are not what a recipe of this model has where it says nothing."""
        usual = MODELS.get(self.model, {})
        return {name: value for name, value in self.settings.items() if name not in usual or value != usual[name]}

    def but(self, name, source, claimed="", **settings):
        """The same recipe under another name, with some settings changed."""
        unknown = sorted(settings.keys() - self.settings.keys())
        if unknown:
            raise TypeError(f"settings: expected some of {', '.join(self.settings)}, got {', '.join(unknown)}")
        return replace(self, name=name, source=source, claimed=claimed, settings=self.settings | settings)


def of_reviews(name, model, source="", claimed="", **settings):
    """A recipe that Keras trains on the film reviews: the settings of its model, but for those given."""
    plain = Recipe(name=name, data="imdb", model=model, trainer="keras", settings=MODELS[model])
    return plain.but(name, source, claimed, **settings)


LSTM_32 = of_reviews(
    "lstm_32", "sequence", f"{CHOLLET}; Chollet and Allaire 2018, pp. 190-95", "validation 89% and 88%"
)
# The network of `lstm_32`, trained by this book's own cells: padding is not read, batches are of like length.
IN_NUMPY = replace(
    LSTM_32,
    name="lstm_32_numpy",
    trainer="numpy",
    source="this book",
    claimed="",
    settings=LSTM_32.settings | {"processes": 2},
)
IN_A_HURRY = replace(
    IN_NUMPY,
    name="lstm_32_hurry",
    settings=IN_NUMPY.settings
    | {"optimizer": "adam", "learning_rate": 0.002, "falls": True, "forget_bias": 3.0}
    | {"epochs": 4, "grows": [100, 200, 300, 500]},
)

_ALL = (
    LSTM_32,
    LSTM_32.but("lstm_32_threads", AS_IT_COMES, deterministic=False),
    LSTM_32.but("lstm_32_threads_again", AS_IT_COMES, deterministic=False),
    LSTM_32.but("simple_rnn_32", CHOLLET, "validation 85%", layer="simple_rnn"),
    LSTM_32.but(
        "rnn_tw",
        "a blog post in traditional Chinese, after Chollet",
        "training 85%",
        layer="simple_rnn",
        maxlen=200,
        dense=32,
    ),
    # The source trains it on all 25,000 reviews, after its four epochs were chosen on the first 10,000. Here it sees
    # the same 20,000 as the recipes it is compared with.
    of_reviews(
        "dense_16_16", "bag", "Chollet 2017, section 3.5", "test 88%", batch_size=512, epochs=4, hidden=[16, 16]
    ),
    # No tutorial's: the plainest model there is, a weight for each word, fitted as `lstm_32` is.
    of_reviews("bag_of_words", "bag", "this book"),
    # Beside the next: on the same machine, in the same hours, for the seconds.
    LSTM_32.but("lstm_32_beside", AS_IT_COMES, deterministic=False),
    IN_NUMPY,
    # In a hurry: the ends of the reviews first, more of them in each epoch, and steps that get shorter; and the same
    # with the whole reviews from the start.
    IN_A_HURRY,
    replace(IN_A_HURRY, name="lstm_32_hurry_whole", settings=IN_A_HURRY.settings | {"grows": None}),
    # The source says neither optimizer nor epochs: those of `lstm_32`, of which it is the shorter form.
    LSTM_32.but("lstm_tw_200", "a blog post in traditional Chinese, after Chollet", "88%", maxlen=200),
    LSTM_32.but("wang", "lecture notes after Shusen Wang, 2019", dropout=0.2, batch_size=32, epochs=3),
    # Trained on all 25,000 reviews, without validation.
    LSTM_32.but(
        "brownlee",
        "Brownlee 2016",
        "test 86.79%",
        num_words=5_000,
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
    return RECIPES[checks.one_of(name, RECIPES, "recipe")]
