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
# How the reviews are read, where a recipe says nothing of it
READ = {
    "reviews": None,  # how many of the training reviews there are at all: the first; None: all
    "order": "written",  # of the words; "reversed", before it is cut; "shuffled", the words that are read
    "cut": "pre",  # which end a long review loses: its first words; "post": its last ones
    "pad": "pre",  # where a short one is filled up with zeros: in front; "post": behind
    "mask": False,  # whether steps with a zero are left out
}
# What else a recipe may say to its trainer, as it is where it says nothing: a record holds what its recipe says.
MORE = {
    "keras": READ | {"bidirectional": False, "recurrent_dropout": 0.0},  # the latter on h, as it goes round the loop
    "numpy": READ
    | {
        "processes": 1,  # that share a batch
        "learning_rate": 0.001,
        "falls": False,  # the learning rate, to 0 at the end
        "grows": None,  # how many words of a review are read, epoch by epoch, while it learns; None: always `maxlen`
        "alike": True,  # batches of like length, and padding is not read; False: both as in Keras' `fit`
        "forget_bias": 1.0,  # or "chrono", for memories of up to `maxlen` words
        "update_bias": 0.0,  # of a GRU, that of z
        "loop": "whole",  # or what of U is 0 and stays so: "no_candidate", that of g; "no_loop", all
        "gain": 1.0,  # what U is multiplied by at the start
        "recurrent_activation": "sigmoid",  # of the gates
        "patience": None,  # so many epochs without a lower validation loss end it, with the best one's weights
    },
}
# a model that reads reviews -> its settings, as they are where a recipe says nothing else
MODELS = {
    # words one after the other: embedding, a recurrent layer, perhaps a dense one, one sigmoid
    "sequence": FIT
    | {
        "layer": "lstm",  # or "simple_rnn", "gru"; in NumPy one of the LSTM's relatives, too
        "units": 32,
        "maxlen": 500,  # the last words of a review, zeros in front of a shorter one
        "embedding": 32,
        "dropout": 0.0,  # on the inputs of the recurrent layer
        "dense": 0,  # units of a relu layer after it; 0: none
    },
    # which words occur, in no order: a row of zeros and ones, dense relu layers, one sigmoid
    "bag": FIT | {"hidden": []},  # units of each relu layer
    # which words, or runs of words, occur: a weight for each, logistic regression
    "n_grams": {
        "num_words": 10_000,
        "longest": 1,  # words in a run; 2: pairs of neighbours, too
        "least": 2,  # in how many of the reviews that are learnt from a run must occur
        "strengths": [0.003, 0.01, 0.03, 0.1, 0.3, 1.0],  # C of scikit-learn; the validation part chooses
        "validation_split": 0.2,
    },
}
CHOLLET = "Chollet 2017, section 6.2"
IN_CHINESE = "a blog post in traditional Chinese, after Chollet"
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

    @property
    def whole(self):
        """All settings: its own, and as they are those that it says nothing about."""
        return MORE.get(self.trainer, {}) | self.settings

    def but(self, name, source, claimed="", **settings):
        """The same recipe under another name, with some settings changed."""
        known = self.whole
        if unknown := sorted(settings.keys() - known.keys()):
            raise TypeError(f"settings: expected some of {', '.join(known)}, got {', '.join(unknown)}")
        return replace(self, name=name, source=source, claimed=claimed, settings=self.settings | settings)


def of_reviews(name, model, source="", claimed="", trainer="keras", **settings):
    """A recipe on the film reviews: the settings of its model, but for those given."""
    plain = Recipe(name=name, data="imdb", model=model, trainer=trainer, settings=MODELS[model])
    return plain.but(name, source, claimed, **settings)


def in_numpy(name, source="this book", claimed="", **settings):
    """The LSTM in this book's own cells, with the batches and the padding of Keras: the same step."""
    return of_reviews(name, "sequence", source, claimed, trainer="numpy", **{"alike": False} | settings)


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
        IN_CHINESE,
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
    LSTM_32.but("lstm_tw_200", IN_CHINESE, "88%", maxlen=200),
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


BOTH = ("lstm", "simple_rnn")
SIDES = (("post", "pre"), ("pre", "post"), ("post", "post"))  # where zeros stand, which end is cut
SIZES = [(units, embedding) for units in (8, 32, 64) for embedding in (8, 32, 64)]
FEW = (100, 300, 1_000, 3_000, 10_000, 25_000)
OF_FEW = {"maxlen": 200, "batch_size": 32, "epochs": 100, "patience": 10}
RELATIVES = ("chollet", "no_tanh", "no_forget", "coupled", "peephole")

# In this book's own cells, where a run needs one core and no other: asked of more seeds. A name without a length is of
# 500 words, `lstm_200_...` of 200.
_IN_NUMPY = (
    *(in_numpy(f"{layer}_500", layer=layer) for layer in BOTH),
    *(in_numpy(f"{layer}_{words}", layer=layer, maxlen=words) for layer in BOTH for words in (50, 100, 200, 1_000)),
    *(in_numpy(f"gru_{words}", layer="gru", maxlen=words) for words in (50, 100, 200)),
    # Two sides of padding, two of cutting, with and without a mask, under which it is the same where the zeros stand
    *(in_numpy(f"lstm_pad_{pad}_cut_{cut}", pad=pad, cut=cut) for pad, cut in SIDES),
    *(in_numpy(f"lstm_mask_cut_{cut}", mask=True, cut=cut) for cut in ("pre", "post")),
    # The source turns the words round before it cuts: its network reads the first 500, the last of them first.
    in_numpy("lstm_reversed", "Chollet 2017, section 6.3", "validation 87.70%", order="reversed"),
    in_numpy("lstm_shuffled", order="shuffled"),
    # The network as Keras 2.0 trained it in 2017, and each of its differences alone
    in_numpy("lstm_epsilon_outside", optimizer="rmsprop_epsilon_outside"),
    in_numpy("lstm_rmsprop_2017", optimizer="rmsprop_2017"),
    in_numpy("lstm_hard_gates", recurrent_activation="hard_sigmoid_keras2"),
    in_numpy(
        "lstm_as_in_2017",
        CHOLLET,
        "validation 89%",
        optimizer="rmsprop_2017",
        recurrent_activation="hard_sigmoid_keras2",
    ),
    # Sizes: the one in the middle is `lstm_200`.
    *(
        in_numpy(f"lstm_200_units{units}_embedding{embedding}", maxlen=200, units=units, embedding=embedding)
        for units, embedding in SIZES
        if (units, embedding) != (32, 32)
    ),
    # Few reviews: as many epochs as they need, and the same rule for all 25,000. A fifth is held out of these, too.
    *(
        in_numpy(f"{layer}_200_of_{reviews}", layer=layer, reviews=reviews, **OF_FEW)
        for layer in ("lstm", "gru")
        for reviews in FEW
    ),
    # And each with the other's start: the LSTM's forget gate at one half, the GRU's update gate at sigmoid(1)
    *(in_numpy(f"lstm_200_of_{reviews}_half_open", forget_bias=0.0, reviews=reviews, **OF_FEW) for reviews in FEW[1:4]),
    *(
        in_numpy(f"gru_200_of_{reviews}_open", layer="gru", update_bias=1.0, reviews=reviews, **OF_FEW)
        for reviews in FEW[1:4]
    ),
    *(in_numpy(f"lstm_200_{relative}", layer=f"lstm_{relative}", maxlen=200) for relative in RELATIVES),
)
# What this book's cells do not have, or are slow at
_IN_KERAS = (
    LSTM_32.but("gru_500", f"{IN_CHINESE}; its sigmoid mended", layer="gru"),
    LSTM_32.but("gru_pad_post", "this book", layer="gru", pad="post"),
    LSTM_32.but("gru_mask", "this book", layer="gru", mask=True),
    LSTM_32.but("lstm_bidirectional", "Chollet 2017, section 6.3", "validation 88.56%", bidirectional=True),
    LSTM_32.but("lstm_dropout", "this book", dropout=0.2, recurrent_dropout=0.2),
)
# Without a network: which words, and which pairs of neighbours, occur
_WITHOUT = tuple(
    of_reviews(f"logistic_{name}", "n_grams", "this book", trainer="scikit", longest=longest)
    for name, longest in (("words", 1), ("pairs", 2))
)

RECIPES = {recipe.name: recipe for recipe in (*_ALL, *_IN_NUMPY, *_IN_KERAS, *_WITHOUT)}


def recipe(name):
    """The recipe of that name; ValueError names the known ones."""
    return RECIPES[checks.one_of(name, RECIPES, "recipe")]
