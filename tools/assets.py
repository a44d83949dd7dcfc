"""Gather what the pages load into _build/assets/: vendor/, from the packages that npm installed by package-lock.json
and from Python's; models/, the shipped models as scripts; and runs/, the recorded runs, to be downloaded.

npm has held each package against its sha512 before this runs. Licences go along.
"""

import csv
import json
import shutil
from dataclasses import asdict
from importlib import metadata
from itertools import groupby
from pathlib import Path

from lstm_edu.network import names, shipped
from lstm_edu.runs import experiments, records
from lstm_edu.widgets.review_explorer.pack import pack, words

FILES = {  # package: {file in node_modules/: place in vendor/}
    "plotly.js-cartesian-dist-min": {
        "plotly-cartesian.min.js": "plotly/plotly-cartesian.min.js",
        "LICENSE": "plotly/LICENSE",
    },
    # Jupyter's widget manager, for pages that show other widgets than the book's own
    "requirejs": {"require.js": "widgets/require.js"},  # its licence is at its head
    "@jupyter-widgets/html-manager": {
        "dist/embed-amd.js": "widgets/embed-amd.js",
        "dist/1551f4f60c37af51121f.woff2": "widgets/1551f4f60c37af51121f.woff2",  # icons, solid
        "dist/7a3337626410ca2f4071.woff2": "widgets/7a3337626410ca2f4071.woff2",  # and in outline
    },
}
INSTALLED = {  # Python package: {end of a file's path in it: place in vendor/}
    "anywidget": {"anywidget/nbextension/index.js": "widgets/anywidget.js", "LICENSE": "widgets/LICENSE-anywidget"},
    "ipywidgets": {"LICENSE": "widgets/LICENSE-html-manager"},  # npm's package of the same project has none in it
}


def gather(root: Path) -> None:
    """Fill root/_build/assets/ anew. FileNotFoundError if npm has not installed a package."""
    write_models(root / "_build" / "assets" / "models")
    write_runs(root / "_build" / "assets" / "runs")
    vendor = root / "_build" / "assets" / "vendor"
    shutil.rmtree(vendor, ignore_errors=True)
    for package, files in FILES.items():
        for source, target in files.items():
            source, target = root / "node_modules" / package / source, vendor / target
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    for package, files in INSTALLED.items():
        for end, target in files.items():
            source = next(file for file in metadata.files(package) if file.match(end))
            shutil.copy(source.locate(), vendor / target)


def write_models(folder: Path) -> None:
    """Fill a folder with what js/numbers/models.js loads: words.js, and NAME.js for each shipped model.

    Classic scripts, because a page that was opened from a file may load no data by itself, but a script.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "words.js").write_text(f"window.beltWords = {json.dumps(words())};\n", "utf-8")
    for name in names():
        packed = json.dumps(pack(shipped(name), name), separators=(",", ":"))
        (folder / f"{name}.js").write_text(f'(window.beltModels ??= {{}})["{name}"] = {packed};\n', "utf-8")


def write_runs(folder: Path) -> None:
    """Fill a folder with what book/runs.md offers: RECIPE.jsonl, a record a line, and runs.csv, a row for each run, of
    the runs on reviews; and the experiments' files as they are.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    every = [*records.load(), *experiments.store("belt").runs()]
    for name, runs in groupby(every, key=lambda run: run.recipe):
        lines = (json.dumps(asdict(run)) for run in runs)
        (folder / f"{name}.jsonl").write_text("\n".join([*lines, ""]), "utf-8")
    for file in experiments.FOLDER.glob("*.jsonl"):
        shutil.copy(file, folder / f"experiment-{file.name}")
    with (folder / "runs.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, COLUMNS, restval="")
        table.writeheader()
        table.writerows(row(run) for run in every)


COLUMNS = (
    *("recipe", "seed", "trainer", "parameters", "epochs", "training_last", "validation_best", "validation_last"),
    *("accuracy", "accuracy_at_best", "loss", "accuracy_at_median", "auc", "seconds"),
)


def row(run):
    """One run as a row of the table; what was not measured is left out."""
    validation = run.history.get("val_accuracy")
    found = {name: getattr(run, name) for name in COLUMNS[:4]} | run.results
    found |= {"epochs": len(run.history["accuracy"]), "training_last": run.history["accuracy"][-1]}
    found |= {"validation_best": max(validation), "validation_last": validation[-1]} if validation else {}
    return found | {"seconds": round(sum(run.seconds), 1)}
