"""Build the book into _build/html/, running the notebooks whose code changed; `make book` calls this.

Sphinx's own record of what is out of date does not see a changed page title in another page's menu, a changed style
sheet, or a change in lstm_edu. So there is one record here instead: the hash of everything the book is made from. Same
hash, same book, and nothing is done. Otherwise every page is read and written anew, which takes seconds, while the
notebooks' results come from Jupyter Book's cache; that cache is emptied when lstm_edu, the installed packages, Python
or the IMDB data changed, since it looks at a notebook's own cells alone.
"""

import fcntl
import hashlib
import html
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

import assets
import links
import yaml
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import single_nb_execution
from jupyter_cache.readers import DEFAULT_READ_DATA

from lstm_edu.imdb import sources

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "_build"
HTML = BUILD / "html"
RESULTS = BUILD / ".jupyter_cache"
LOG = BUILD / "build.log"
STATE = BUILD / "state.json"

# What the notebooks see when they run, and what the pages are made from.
CODE = ["lstm_edu", "tests/data/rows.toml"]  # the status page counts the rows
PAGES = ["_config.yml", "_toc.yml", "book", "notebooks", "tools", "package-lock.json"]

ENVIRONMENT = {
    "TF_CPP_MIN_LOG_LEVEL": "3",  # keep TensorFlow's start-up log out of the pages
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # the kernel's debugger would warn of frozen modules
    "PYTHONHASHSEED": "0",
}


class BuildError(RuntimeError):
    """The book could not be built; str() is for the reader."""


def files(paths: list[str]) -> list[Path]:
    """Every file in `paths` (files and folders under ROOT) that a person wrote, sorted."""
    found = []
    for path in (ROOT / name for name in paths):
        found += [path] if path.is_file() else sorted(path.rglob("*"))
    made = {"__pycache__", ".ipynb_checkpoints"}
    return [path for path in found if path.is_file() and not made & set(path.parts)]


def hash_of(paths: list[str], *more: str) -> str:
    """A hash over names and contents of `paths` and over the words `more`."""
    sha = hashlib.sha256()
    for path in files(paths):
        content = path.read_bytes()
        sha.update(f"{path.relative_to(ROOT).as_posix()} {len(content)}\n".encode())
        sha.update(content)
    for word in more:
        sha.update(f"{word}\n".encode())
    return sha.hexdigest()


def installed() -> str:
    """The packages of the book's lock as they are installed, name==version, a line each; test tools do not count."""
    locked = set(re.findall(r"^([a-z0-9][\w.-]*)==", (ROOT / "tools/locks/book.txt").read_text("utf-8"), re.MULTILINE))
    found = {(d.name.lower().replace("_", "-"), d.version) for d in metadata.distributions()}
    return "\n".join(sorted(f"{name}=={version}" for name, version in found if name in locked))


def imdb_data() -> str:
    """Where the notebooks look for the IMDB data and what lies there: names, sizes and times."""
    found = [path for folder in sources.folders() for path in sorted(folder.glob("imdb*")) if path.is_file()]
    return "\n".join(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in found)


def output_record() -> list:
    """Number and total size of the built files: a book that someone removed a part of is built again."""
    sizes = [path.stat().st_size for path in HTML.rglob("*") if path.is_file()]
    return [len(sizes), sum(sizes)]


def shown(line: str) -> str | None:
    """The part of a line of Sphinx's log that a person waits for: progress and warnings; None for the rest."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip()
    if found := re.match(r"(reading sources|writing output)\.\.\. \[ *(\d+)%\] (\S+)", plain):
        doing = {"reading sources": "reading", "writing output": "writing"}[found[1]]
        return f"{found[2]:>4}% {doing} {found[3]}"
    if found := re.match(r"(\S+): Executing notebook", plain):
        return f"      running {Path(found[1]).relative_to(ROOT)}"
    if re.search(r"\b(WARNING|ERROR|CRITICAL): ", plain) and "IPKernelApp" not in plain:
        return plain.replace(f"{ROOT}/", "")
    return None


def failure(log: str) -> str:
    """Why the build failed, in as few lines as the log allows."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", log)
    cells = re.findall(r"CellExecutionError: (An error occurred .*?)\n\s*\n\s*\n?The above exception", plain, re.DOTALL)
    page = re.findall(r"ExecutionError: (\S+\.(?:ipynb|md))", plain)
    if cells and page:
        return f"{Path(page[-1]).relative_to(ROOT)}: {cells[-1].rstrip()}"
    warnings = [
        line for line in map(shown, log.splitlines()) if line and re.search(r"(WARNING|ERROR|CRITICAL): ", line)
    ]
    if warnings:
        return "Warnings are errors here:\n" + "\n".join(dict.fromkeys(warnings))
    return "\n".join(plain.rstrip().splitlines()[-20:])


def with_code() -> Iterator[tuple[Path, dict]]:
    """The files of the book that are run, and by what Jupyter Book reads them."""
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    for name in (contents["root"], *(chapter["file"] for chapter in contents["chapters"])):
        notebook, page = ROOT / f"{name}.ipynb", ROOT / f"{name}.md"
        if notebook.exists():
            yield notebook, DEFAULT_READ_DATA
        elif "{code-cell}" in page.read_text("utf-8"):
            yield page, {"type": "plugin", "name": "myst_nb_md"}


def run_notebooks() -> None:
    """Run the notebooks, and the pages with code, that Jupyter Book's cache lacks, as many at a time as there are
    cores; it runs one after another. One that fails is left to it: it says why.
    """
    timeout = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["execute"]["timeout"]
    cache = get_cache(str(RESULTS))
    waiting = []
    for path, reader in sorted(with_code(), key=lambda found: found[0].suffix == ".ipynb"):  # the status page is long
        key = cache.add_nb_to_project(str(path), read_data=reader).pk
        if cache.get_cached_project_nb(key) is None:
            waiting.append((path, cache.get_project_notebook(key).nb))
    if len(waiting) < 2:
        return

    def run(path, notebook):
        print(f"      running {path.relative_to(ROOT)}", flush=True)
        return single_nb_execution(notebook, cwd=str(path.parent), timeout=timeout, allow_errors=False)

    with ThreadPoolExecutor(min(os.cpu_count() or 1, 4)) as pool:
        for (path, _), done in zip(waiting, pool.map(run, *zip(*waiting, strict=True)), strict=True):
            if done.err is None:
                bundle = CacheBundleIn(done.nb, str(path), data={"execution_seconds": done.time})
                cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


@contextmanager
def kernels_say_it_to_the_log():
    """A kernel inherits this process' second stream, and warns there of what concerns nobody here."""
    sys.stderr.flush()
    kept = os.dup(2)
    with LOG.open("w", encoding="utf-8") as log:
        os.dup2(log.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def every_figure_is_drawn() -> None:
    """A plain Plotly figure brings no page of its own: nothing would stand in its place."""
    cache = get_cache(str(RESULTS))
    for record in cache.list_cache_records():
        cells = cache.get_cache_bundle(record.pk).nb.cells
        for data in (output.get("data", {}) for cell in cells for output in cell.get("outputs", [])):
            if "application/vnd.plotly.v1+json" in data and 'class="plot' not in data.get("text/html", ""):
                raise BuildError(
                    f"{record.uri}: figure: expected one of lstm_edu.figures, got a plain Plotly figure"
                    f"\n\nThe book was not built. The whole log: {LOG}"
                )


def jupyter_book() -> None:
    """Run Jupyter Book with its progress on the screen and its whole log in _build/build.log."""
    command = [Path(sys.executable).with_name("jupyter-book"), "build", ROOT, "--all", "-n", "-W", "--keep-going"]
    with LOG.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1
        )
        for line in process.stdout:
            log.write(line)
            if (words := shown(line)) is not None:
                print(words, flush=True)
    if process.wait():
        raise BuildError(f"{failure(LOG.read_text('utf-8'))}\n\nThe book was not built. The whole log: {LOG}")


def write_front_door() -> None:
    """index.html at the top of the built folder: a page that leads to the book's first page."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    first = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))["root"] + ".html"
    title = html.escape(config["title"])
    (HTML / "index.html").write_text(
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{title}</title>\n'
        '<link rel="icon" href="data:,">\n'  # else the browser asks for one while it is led on
        f'<meta http-equiv="refresh" content="0; url={first}">\n<h1><a href="{first}">{title}</a></h1>\n</html>\n',
        "utf-8",
    )


@contextmanager
def the_book_before_stays_on_failure():
    """_build/html/ is made from nothing; if that fails, or is stopped, the book that stood there is put back."""
    before = BUILD / "html.before"
    shutil.rmtree(before, ignore_errors=True)
    if HTML.exists():
        HTML.rename(before)
    try:
        yield
    except BaseException:
        shutil.rmtree(HTML, ignore_errors=True)
        if before.exists():
            before.rename(HTML)
        raise
    shutil.rmtree(before, ignore_errors=True)


def build() -> str:
    """Bring _build/html/ up to date. Returns what was done, in a few words."""
    for path in links.write(ROOT):
        print(f"wrote the links of {path.relative_to(ROOT)}: they follow _config.yml, and belong into the repository")
    code = hash_of(CODE, sys.version, installed())
    pages = hash_of(PAGES, code)
    state = json.loads(STATE.read_text("utf-8")) if STATE.exists() else {}
    same_results = state.get("code") == code and state.get("data") == imdb_data()
    if same_results and state.get("pages") == pages and state.get("output") == output_record():
        return "Nothing has changed"
    if not same_results:
        shutil.rmtree(RESULTS, ignore_errors=True)
        print("lstm_edu, its packages or its data changed, or this is the first build: every notebook runs", flush=True)
    # What the cache will hold, even if this build stops half-way.
    STATE.write_text(json.dumps({"code": code, "data": imdb_data()}), "utf-8")
    assets.gather(ROOT)
    start = time.monotonic()
    with kernels_say_it_to_the_log():
        run_notebooks()
    with the_book_before_stays_on_failure():
        jupyter_book()
        every_figure_is_drawn()
        write_front_door()
    # The data is looked up again: a notebook may have had Keras fetch it.
    done = {"code": code, "data": imdb_data(), "pages": pages, "output": output_record()}
    STATE.write_text(json.dumps(done), "utf-8")
    return f"Built in {time.monotonic() - start:.0f} s"


def main() -> int:
    BUILD.mkdir(exist_ok=True)
    os.environ |= ENVIRONMENT
    with (BUILD / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another build is running in this folder: waiting for it", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            done = build()
        except (BuildError, links.LinksError, OSError, ValueError, yaml.YAMLError) as error:
            print(f"\n{error}", file=sys.stderr)
            return 1
    print(f"{done}. Open {HTML / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
