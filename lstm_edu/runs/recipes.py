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
# What a recipe of reviews may also say, as it is where it says nothing: a record holds what its recipe says.
MORE = {
    "reviews": None,  # how many of the training reviews are there at all: the first; None: all
    "order": "written",  # of the words: "reversed", or "shuffled", anew for each review
    "cut": "pre",  # which end a long review loses; "post": its last words
    "pad": "pre",  # where a short one is filled up with zeros; "post": behind
    "mask": False,  # steps with a zero do not count
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
        known = self.settings | MORE
        if unknown := sorted(settings.keys() - known.keys()):
            raise TypeError(f"settings: expected some of {', '.join(known)}, got {', '.join(unknown)}")
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


def in_numpy(recipe, name, source="this book", claimed="", **settings):
    """The recipe in this book's own cells, with the batches and the padding of Keras: the same step."""
    return replace(
        recipe,
        name=name,
        trainer="numpy",
        source=source,
        claimed=claimed,
        settings=recipe.settings | {"alike": False} | settings,
    )


KINDS = ("lstm", "simple_rnn", "gru")
_GRID = (
    # The main recipes again in NumPy, where a run needs one core: more seeds.
    *(in_numpy(LSTM_32, f"{kind}_500", layer=kind) for kind in KINDS),
    # Lengths
    *(in_numpy(LSTM_32, f"{kind}_{length}", layer=kind, maxlen=length) for kind in KINDS for length in (50, 100, 200)),
    *(in_numpy(LSTM_32, f"{kind}_1000", layer=kind, maxlen=1_000) for kind in KINDS),
    # What the masks and the sides do: where zeros stand, which end is cut, whether zeros are read. With a mask it does
    # not matter where they stand.
    *(
        in_numpy(LSTM_32, f"gru_pad_{pad}_cut_{cut}", layer="gru", pad=pad, cut=cut)
        for pad, cut in (("post", "pre"), ("pre", "post"), ("post", "post"))
    ),
    *(in_numpy(LSTM_32, f"gru_mask_cut_{cut}", layer="gru", mask=True, cut=cut) for cut in ("pre", "post")),
    *(
        in_numpy(LSTM_32, f"lstm_pad_{pad}_cut_{cut}", pad=pad, cut=cut)
        for pad, cut in (("post", "pre"), ("pre", "post"), ("post", "post"))
    ),
    *(in_numpy(LSTM_32, f"lstm_mask_cut_{cut}", mask=True, cut=cut) for cut in ("pre", "post")),
    # The order of words
    in_numpy(LSTM_32, "lstm_reversed", f"{CHOLLET}, section 6.3", "validation 87.7%", order="reversed"),
    in_numpy(LSTM_32, "lstm_shuffled", order="shuffled"),
    # Keras 2's optimizer and gates
    in_numpy(LSTM_32, "lstm_epsilon_outside", epsilon="outside"),
    in_numpy(LSTM_32, "lstm_hard_gates", recurrent_activation="hard_sigmoid_keras2"),
    in_numpy(
        LSTM_32,
        "lstm_as_in_2017",
        CHOLLET,
        "validation 89%",
        epsilon="outside",
        recurrent_activation="hard_sigmoid_keras2",
    ),
    # Sizes
    *(
        in_numpy(LSTM_32, f"lstm_units{units}_embedding{embedding}", units=units, embedding=embedding)
        for units in (8, 32, 64)
        for embedding in (8, 32, 64)
        if (units, embedding) != (32, 32)
    ),
    # Little data
    *(
        in_numpy(LSTM_32, f"{kind}_of_{reviews}", layer=kind, reviews=reviews)
        for kind in KINDS
        for reviews in (100, 300, 1_000, 3_000, 10_000)
    ),
    # Relatives of the LSTM
    *(
        in_numpy(LSTM_32, f"lstm_{variant}", layer=f"lstm_{variant}")
        for variant in ("chollet", "no_tanh", "no_forget", "coupled", "peephole")
    ),
)

RECIPES = {recipe.name: recipe for recipe in (*_ALL, *_GRID)}


def recipe(name):
    """The recipe of that name; ValueError names the known ones."""
    return RECIPES[checks.one_of(name, RECIPES, "recipe")]
