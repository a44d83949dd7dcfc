"""Makes the shipped weights out of one recorded run, and their card."""

from pathlib import Path

import numpy as np

from .. import imdb
from ..common import cards
from ..network import quantised
from ..network.shipped import FOLDER, of_arrays
from ..network.small import FOLDER as SMALL
from . import in_keras, in_numpy, outcomes, records
from .experiments import EXPERIMENTS, store

# name in the shipped file -> name of the weight in the recipe's model
IN_KERAS = {
    "embedding": "embedding/embeddings",
    "kernel": "recurrent/kernel",
    "recurrent_kernel": "recurrent/recurrent_kernel",
    "bias": "recurrent/bias",
    "dense_kernel": "output/kernel",
    "dense_bias": "output/bias",
}
# What a network that is shipped computes and reads
SHIPPED = {"layer": "lstm", "dense": 0, "bidirectional": False, "recurrent_activation": "sigmoid"}
SHIPPED |= {"order": "written"}
FIRST = 1  # this seed's weights carry the recipe's own name
WHY_FIRST = "The first seed, named before the runs were made: it was not chosen for its result."
WHY_OTHER = "Every recorded seed is shipped beside the first: none was chosen for its result."


def shipped_as(recipe, seed):
    """The name of the shipped files: the recipe's for the first seed, "lstm_32-seed2" for another."""
    return recipe.name if seed == FIRST else records.stem(recipe.name, seed)


def recorded_run(recipe, seed, folder=records.FOLDER):
    """(its record, where that stands in data/): a file of the folder, or a line of the experiment with that recipe."""
    for experiment, recipes in EXPERIMENTS.items():
        if recipe in recipes:
            found = [run for run in store(experiment).runs() if (run.recipe, run.seed) == (recipe.name, seed)]
            if not found:
                raise ValueError(f"seed: expected a run of {recipe.name} that is recorded, got {seed}")
            return found[0], f"experiments/{experiment}.jsonl"
    stem = records.stem(recipe.name, seed)
    return records.read(Path(folder) / f"{stem}.json"), f"runs/{stem}.json"


def export(recipe, seed, trained, recorded=records.FOLDER, into=FOLDER, path=None):
    """Writes NAME.npz and its card NAME.json into the folder `into`, NAME as `shipped_as` says; returns the card.

    recipe: one whose model is an embedding, an LSTM and an output. trained: the folder of the trained weights;
    recorded: that of the records; path: the data, as for `imdb.load`. Both models, the trained and the
    quantised one, are scored on the test reviews. Raises ValueError where the trained weights do not give the recorded
    answers, FileNotFoundError where a file is missing.
    """
    if recipe.model != "sequence" or any(recipe.whole.get(name, plain) != plain for name, plain in SHIPPED.items()):
        raise ValueError(f"recipe: expected embedding, LSTM and output, got {recipe.name!r}, which has other layers")
    record, place = recorded_run(recipe, seed, recorded)
    weights_file = Path(trained) / f"{record.stem}.npz"
    if not weights_file.is_file():
        raise FileNotFoundError(f"{weights_file}: expected the trained weights, found none: train that seed first")
    with np.load(weights_file, allow_pickle=False) as arrays:
        names = IN_KERAS if recipe.trainer == "keras" else {name: name for name in IN_KERAS}
        original = {name: arrays[own] for name, own in names.items()}
    content = quantised.pack(original)
    shipped = of_arrays(quantised.stored(content), recipe.settings["maxlen"], np.float32).weights

    _, test = imdb.load(path, num_words=recipe.settings["num_words"])
    scored = scored_by_keras if recipe.trainer == "keras" else in_numpy.scored
    scores = {"unquantised": scored(recipe, original, test), "quantised": scored(recipe, shipped, test)}
    if (scores["unquantised"][1] != record.correct).any():
        raise ValueError(f"{record.stem}.npz: expected weights that give the recorded answers, got others")

    said = {
        "recipe": recipe.name,
        "settings": recipe.settings,
        "seed": seed,
        "why_this_seed": WHY_FIRST if seed == FIRST else WHY_OTHER,
        "record": place,
        "trained_by": record.command,
        "command": f"python -m lstm_edu.runs export {recipe.name} --seed {seed}",
        "versions": record.versions,
        "data_sha256": record.data["sha256"],
        **{
            kind: {"test_loss": round(loss, 6), "test_accuracy": float(right.mean())}
            for kind, (loss, right) in scores.items()
        },
        "answers_changed": int((scores["unquantised"][1] != scores["quantised"][1]).sum()),
        "arrays": {name: list(array.shape) for name, array in shipped.items()},
    }
    return cards.write(into, shipped_as(recipe, seed), content, said)


def scored_by_keras(recipe, named, test):
    """(mean binary cross-entropy, which answers are right) of the recipe's model in Keras with these arrays."""
    model = in_keras.build(recipe)
    in_keras.set_arrays(model, {IN_KERAS[name]: array for name, array in named.items()})
    results, right = in_keras.tested(model, in_keras.inputs(recipe, test), test.labels)
    return results["loss"], right


def export_small(experiment, start, trained, into=SMALL):
    """Writes a small network and its card: the first seed at the best rate, its weights as they were trained.

    experiment, start: as for `outcomes.best`; trained: the folder of the trained weights. Returns the card.
    """
    record = outcomes.best(experiment, start)[0]
    weights_file = Path(trained) / f"{record.stem}.npz"
    if not weights_file.is_file():
        raise FileNotFoundError(f"{weights_file}: expected the trained weights, found none: run the experiment first")
    said = {
        "recipe": record.recipe,
        "settings": record.settings,
        "seed": record.seed,
        "why_this_one": "The first seed, named before the runs were made, at the rate whose runs did best on average.",
        "results": record.results,
        "trained_by": record.command,
        "command": f"python -m lstm_edu.runs small {experiment} {start}",
        "versions": record.versions,
    }
    return cards.write(into, start, weights_file.read_bytes(), said)
