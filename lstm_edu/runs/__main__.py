"""`python -m lstm_edu.runs`: train recipes, list what is recorded, export a run's weights, study the exported."""

import argparse
import json
import os
from pathlib import Path
from time import perf_counter

from .. import films
from ..common import files
from ..common.command_line import Parser, end_with_one_line
from ..network.shipped import FOLDER
from . import experiments, filming, outcomes, recorded, records, stores, sweep
from .executors import executor
from .experiments import EXPERIMENTS
from .export import export, export_small, shipped_as
from .recipes import RECIPES, recipe

PROG = "python -m lstm_edu.runs"


def main(arguments=None):
    parser = Parser(prog=PROG, description="Trains the book's recipes on IMDB and keeps the record.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=Parser)

    train = commands.add_parser("train", help="train recipes; a run that is recorded is not repeated")
    train.add_argument("recipes", nargs="+", metavar="RECIPE", help=", ".join(RECIPES))
    train.add_argument("--seeds", nargs="+", type=_seed, default=[1, 2, 3], metavar="SEED", help="1 2 3 if not given")
    train.add_argument("--into", type=Path, default=records.FOLDER, help="folder of the records")
    train.set_defaults(work=_train)

    experiment = commands.add_parser("experiment", help="run an experiment on a made task; what is recorded is kept")
    experiment.add_argument("experiment", choices=tuple(EXPERIMENTS))
    experiment.add_argument("--seeds", nargs="+", type=_seed, default=[1, 2, 3, 4, 5], metavar="SEED")
    experiment.add_argument("--best", action="store_true", help="at the rate alone that did best in the runs so far")
    experiment.add_argument("--into", type=Path, default=experiments.FOLDER, help="folder of the records")
    experiment.add_argument("--weights", type=Path, default=Path("_build/weights"), help="folder of trained weights")
    experiment.set_defaults(work=_experiment)

    show = commands.add_parser("list", help="every recipe, its runs and their mean accuracies")
    show.add_argument("--records", type=Path, default=records.FOLDER, help="folder of the records")
    show.set_defaults(work=_list)

    export = commands.add_parser("export", help="make the shipped weights out of one recorded run")
    export.add_argument("recipe", metavar="RECIPE")
    export.add_argument("--seed", type=int, required=True)
    export.add_argument("--records", type=Path, default=records.FOLDER, help="folder of the records")
    export.add_argument("--into", type=Path, default=FOLDER, help="folder of the shipped weights")
    export.set_defaults(work=_export)

    film = commands.add_parser("film", help="film a training of a plain loop and an LSTM, for the widget that shows it")
    film.add_argument("film", metavar="NAME", help=", ".join(filming.FILMS))
    film.add_argument("--into", type=Path, default=films.FOLDER, help="folder of the films")
    film.set_defaults(work=_film)

    small = commands.add_parser("small", help="ship a network that an experiment trained: its first seed, best rate")
    small.add_argument("experiment", choices=tuple(EXPERIMENTS))
    small.add_argument("start", metavar="START", help="the recipe's name without its rate, as parcel_lstm")
    small.add_argument("--weights", type=Path, default=Path("_build/weights"), help="folder of trained weights")
    small.set_defaults(work=_small)

    study = commands.add_parser("study", help="count what the five shipped networks do, and those of experiment belt")
    study.add_argument("--into", type=Path, help="folder of the results; the shipped ones if not given")
    study.add_argument(
        "--weights", type=Path, default=Path("_build/weights"), help="trained weights of experiment belt"
    )
    study.add_argument("--records", type=Path, default=experiments.FOLDER, help="folder of that experiment's records")
    study.set_defaults(work=_study)

    reach = commands.add_parser("reach", help="count how far back the slope of trained networks reaches in reviews")
    reach.add_argument("--into", type=Path, help="file of the result; the shipped one if not given")
    reach.add_argument(
        "--weights", type=Path, default=Path("_build/weights"), help="trained weights of the plain loops"
    )
    reach.add_argument("--records", type=Path, default=records.FOLDER, help="folder of the plain loops' records")
    reach.set_defaults(work=_reach)

    order = commands.add_parser("order", help="count what trained models lose where words stand in another order")
    order.set_defaults(work=_order)
    first_word = commands.add_parser(
        "first_word", help="count how much of the slope reaches the first word of a review"
    )
    first_word.set_defaults(work=_first_word)
    same_films = commands.add_parser(
        "same_films", help="count how much easier reviews are of films whose other reviews a model knows"
    )
    same_films.add_argument("--into", type=Path, help="file of the result; the shipped one if not given")
    same_films.set_defaults(work=_same_films)
    for command in (order, first_word):
        command.add_argument("recipes", nargs="+", metavar="RECIPE", help="those whose trained weights are kept")
        command.add_argument("--into", type=Path, help="file of the result; the shipped one if not given")
        command.add_argument("--weights", type=Path, default=Path("_build/weights"), help="folder of trained weights")
        command.add_argument("--records", type=Path, default=records.FOLDER, help="folder of the records")

    for command, workers in ((train, 1), (experiment, os.cpu_count())):
        command.add_argument("--workers", type=int, default=workers, help="how many processes train, each its own run")
        command.add_argument("--scheduler", metavar="tcp://HOST:PORT", help="a Dask scheduler, whose workers train")
    for command in (train, export, study, reach, order, first_word, same_films):
        command.add_argument("--data", help="the IMDB data: a file or its folder")
    for command in (train, export):
        command.add_argument("--weights", type=Path, default=Path("_build/weights"), help="folder of trained weights")

    given = parser.parse_args(arguments)
    end_with_one_line(PROG, lambda: given.work(given))


def _seed(text):
    """What Keras takes for a seed."""
    if not text.isdecimal() or int(text) >= 2**32:
        raise argparse.ArgumentTypeError(f"expected whole numbers from 0 to {2**32 - 1}, got {text}")
    return int(text)


def _train(given):
    chosen = [recipe(name) for name in given.recipes]  # every name is checked before the first run starts
    todo = [(one, seed) for one in chosen for seed in given.seeds]
    with executor(given.workers, given.scheduler) as workers:
        sweep.run(todo, stores.Folder(given.into), given.weights, workers, given.data, report=_say)


def _experiment(given):
    only = outcomes.best_recipes(given.experiment, given.into) if given.best else None
    todo = [
        (one, seed) for seed in given.seeds for one in EXPERIMENTS[given.experiment] if only is None or one.name in only
    ]
    store, command = experiments.store(given.experiment, given.into), f"experiment {given.experiment}"
    with executor(given.workers, given.scheduler) as workers:
        sweep.run(todo, store, given.weights, workers, command=command, report=_say)


def _list(given):
    from ..facts import fact

    known = recorded.facts(given.records)
    _say(f"{'recipe':28} {'runs':>4} {'val best':>9} {'val last':>9} {'test':>7} {'s/epoch':>8}")
    for name in dict.fromkeys([*RECIPES, *(key.partition(".")[0] for key in known)]):
        runs, _ = known.get(f"{name}.runs", (0, "count"))
        row = f"{name:28} {runs:4}"
        for metric, width in (("val.best", 9), ("val.last", 9), ("test", 7), ("seconds.epoch", 8)):
            key = f"{name}.{metric}.mean"
            row += f" {fact(key, known) if key in known else '-':>{width}}"
        _say(row)


def _export(given):
    chosen = _exportable(given.recipe)
    card = export(chosen, given.seed, given.weights, given.records, given.into, given.data)
    before, after = card["unquantised"]["test_accuracy"], card["quantised"]["test_accuracy"]
    _say(
        f"wrote {given.into / shipped_as(chosen, given.seed)}.npz, {card['bytes']:,} bytes: "
        f"test accuracy {after:.4f}, before quantising {before:.4f}"
    )


def _exportable(name):
    of_experiments = {one.name: one for recipes in EXPERIMENTS.values() for one in recipes}
    return of_experiments.get(name) or recipe(name)


def _film(given):
    card = filming.film(given.film, given.into, report=_say)
    _say(f"wrote {given.into / given.film}.npz, {card['bytes']:,} bytes")


def _small(given):
    card = export_small(given.experiment, given.start, given.weights)
    _say(f"wrote {given.start}.npz, {card['bytes']:,} bytes, of {card['recipe']}, seed {card['seed']}")


def _study(given):
    from ..study import belt, counting, results  # which need the records

    into = given.into or results.FILE.parent
    there, begun = belt.read(into), perf_counter()
    trained = belt.count(given.weights, given.records, given.data, _say, there)
    _save(into / belt.FILE.name, trained)
    between = perf_counter()
    _save(into / results.FILE.name, counting.count(given.data, report=_say), indent=None)
    _say(f"experiment belt: {len(trained['runs'])} networks, {len(there)} of them kept, {between - begun:.0f} s")
    _say(f"five networks: {perf_counter() - between:.0f} s")


def _reach(given):
    from ..study import reach  # which needs the records

    _save(given.into or reach.FILE, reach.count(given.weights, given.records, given.data, report=_say))


def _order(given):
    from ..study import order  # which needs the records

    _count_of_recipes(order, "order", given)


def _first_word(given):
    from ..study import first_word  # which needs the records

    _count_of_recipes(first_word, "first_word", given)


def _same_films(given):
    from ..study import same_films  # which needs the records

    _save(given.into or same_films.FILE, same_films.count(given.data, report=_say))


def _count_of_recipes(question, command, given):
    """What is counted takes the place of what the file says of the same recipes; what it says of others stays."""
    from ..study import saved

    found = question.count(given.recipes, given.weights, given.records, given.data, report=_say)
    into = given.into or question.FILE
    _save(into, saved.joined(into, command, found))


def _save(path, found, indent=1):
    files.write(path, lambda file: file.write((json.dumps(found, indent=indent) + "\n").encode()))
    _say(f"wrote {path}")


def _say(line):
    print(line, flush=True)


if __name__ == "__main__":
    main()
