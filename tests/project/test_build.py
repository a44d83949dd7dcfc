"""From nothing to a built book: the Python that is looked for, what a build does again and what not, how it fails."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import build_book
import pytest

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ["_config.yml", "tools", "book/assets", "book/references.bib", "package.json", "package-lock.json"]


def run(folder, *command, **environment):
    """rc, stdout and stderr of a command in `folder`."""
    done = subprocess.run(
        command, cwd=folder, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


# --- the Python of .venv/ ---------------------------------------------------------------------------


def program(folder, name, *lines):
    """A shell script that stands for a program."""
    path = folder / name
    path.write_text("\n".join(["#!/bin/sh", *lines]) + "\n")
    path.chmod(0o755)


@pytest.fixture
def machine(tmp_path):
    """A folder to set up in, and a PATH with a shell's own tools and no Python."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "basename", "rm"):
        (tools / name).symlink_to(shutil.which(name))
    return tmp_path, tools


def make_venv(machine, *arguments):
    folder, tools = machine
    return run(folder, "sh", ROOT / "tools" / "make_venv.sh", *arguments, PATH=str(tools))


def test_no_python_that_fits_is_said_in_one_line(machine):
    program(machine[1], "python3", "exit 1")  # too old, or a shim for a version that is not installed
    code, out, err = make_venv(machine)
    assert code == 1 and out == ""
    assert err == (
        "The PATH gives no Python from 3.11 to 3.13: install one, or name it: make PYTHON=/path/to/python3.12\n"
    )


def test_a_python_without_ensurepip_is_said_in_one_line(machine):
    program(machine[1], "python3.12", 'case "$2" in *ensurepip*) exit 1;; esac')
    code, out, err = make_venv(machine)
    assert code == 1 and out == ""
    assert err == "python3.12 has no venv with pip: on Debian and Ubuntu, apt-get install python3.12-venv\n"


def test_a_python_that_was_named_is_the_only_one_tried(machine):
    program(machine[1], "python3.12", "exit 0")
    assert make_venv(machine, "python9")[2].startswith("python9 gives no Python from 3.11 to 3.13")


# --- a small book, built ------------------------------------------------------------------------------


def notebook(*sources):
    cells = [
        {"cell_type": "markdown", "id": "title", "metadata": {}, "source": ["# A chapter\n", "\n", "One sentence."]},
        *(
            {
                "cell_type": "code",
                "id": f"c{k}",
                "metadata": {},
                "execution_count": None,
                "outputs": [],
                "source": [source],
            }
            for k, source in enumerate(sources)
        ),
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return json.dumps({"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def book(tmp_path):
    """A book of two pages with this book's settings and tools. Its notebook counts its runs and shows a constant."""
    for name in NEEDED:
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target)
        else:
            shutil.copy(ROOT / name, target)
    for name in ("node_modules", ".venv"):  # where tools/npm.sh looks for a Node
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "README.md").write_text((ROOT / "README.md").read_text("utf-8"), "utf-8")
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: book/index\nchapters:\n  - file: notebooks/a\n")
    (tmp_path / "book" / "index.md").write_text("# A book\n\nA page.\n")
    (tmp_path / "lstm_edu").mkdir()
    (tmp_path / "lstm_edu" / "constant.json").write_text("41\n")
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "a.ipynb").write_text(
        notebook("open('../runs.txt', 'a').write('x'); print('constant', open('../lstm_edu/constant.json').read())")
    )
    return tmp_path


def build(book):
    return run(book, sys.executable, "tools/build_book.py")


def test_a_build_does_again_what_changed_and_no_more(book):
    page = book / "_build" / "html" / "notebooks" / "a.html"
    (book / "notebooks" / "b.ipynb").write_text(notebook("open('../runs.txt', 'a').write('x'); print('beside it')"))
    with (book / "_toc.yml").open("a") as toc:
        toc.write("  - file: notebooks/b\n")

    def runs():
        return len((book / "runs.txt").read_text())

    code, out, err = build(book)
    assert (code, err) == (0, "")
    assert out.splitlines()[-1].endswith(f"s. Open {book / '_build' / 'html' / 'index.html'}")
    assert "constant 41" in page.read_text() and "beside it" in page.with_name("b.html").read_text() and runs() == 2

    code, out, _ = build(book)
    assert (code, out) == (0, f"Nothing has changed. Open {book / '_build' / 'html' / 'index.html'}\n")

    chapter = book / "notebooks" / "a.ipynb"
    chapter.write_text(chapter.read_text().replace("One sentence.", "Another sentence."))
    assert build(book)[0] == 0
    assert "Another sentence." in page.read_text() and runs() == 2

    (book / "lstm_edu" / "constant.json").write_text("42\n")
    code, out, _ = build(book)
    assert code == 0 and "every notebook runs" in out
    assert "constant 42" in page.read_text() and runs() == 4


FAILURES = {
    "1 / 0": ["notebooks/a.ipynb: An error occurred", "1 / 0", "ZeroDivisionError: division by zero"],
    "import sys; print('ouch', file=sys.stderr)": ["WARNING: stderr was found in the cell outputs"],
    "import plotly.graph_objects as go; from lstm_edu import figures; go.Figure(go.Bar(y=[1]))": [
        "figure: expected one of lstm_edu.figures, got a plain Plotly figure"
    ],
}


@pytest.mark.parametrize("cell", FAILURES)
def test_a_notebook_that_fails_fails_the_build_and_says_why(book, cell):
    (book / "notebooks" / "a.ipynb").write_text(notebook(cell))
    code, out, err = build(book)
    assert code == 1
    for words in FAILURES[cell]:
        assert words in out + err
    assert "The book was not built. The whole log: " in err
    assert "nbclient" not in out + err, "the trace is that of the cell, not of the programs that ran it"


def test_a_link_to_nowhere_fails_the_build(book):
    (book / "book" / "index.md").write_text("# A book\n\nSee [there](nowhere.md).\n")
    code, out, err = build(book)
    assert code == 1
    assert "book/index.md:3: WARNING: " in out and "Warnings are errors here" in err
    assert build(book)[0] == 1, "a build that failed is not done"


FORMULAS = """# A book

```{math}
:label: step
c_t = f_t c_{t-1} + a_t
```

Equation {eq}`step` has $h_t$ in it.

\\begin{align}
a &= 1 \\\\
b &= 2
\\end{align}
"""


def test_formulas_are_set_numbered_and_referred_to(book):
    (book / "book" / "index.md").write_text(FORMULAS)
    assert build(book)[0] == 0
    page = (book / "_build" / "html" / "book" / "index.html").read_text()
    assert page.count("<math") == 3 and "mathjax" not in page.lower().replace("mathjax_ignore", "")
    assert '<span class="eqno">(1)' in page and '<span class="eqno">(2)' in page
    assert 'href="#equation-step">(1)</a>' in page and 'id="equation-step"' in page


def test_a_formula_that_cannot_be_set_fails_the_build_with_its_place(book):
    (book / "book" / "index.md").write_text("# A book\n\nA page.\n\nSo $\\nosuch{x}$.\n")
    code, out, err = build(book)
    assert code == 1
    assert r"book/index.md:5: WARNING: the formula \nosuch{x} cannot be set: Unsupported function name: \nosuch" in err


def test_the_data_that_notebooks_find_counts_as_a_change(tmp_path, monkeypatch):
    monkeypatch.setenv("LSTM_EDU_DATA", str(tmp_path))
    before = build_book.imdb_data()
    (tmp_path / "imdb_flat.npz").write_bytes(b"1")
    assert build_book.imdb_data() != before


def test_a_book_that_lacks_a_page_is_another(tmp_path, monkeypatch):
    monkeypatch.setattr(build_book, "HTML", tmp_path)
    (tmp_path / "page.html").write_text("a page")
    before = build_book.output_record()
    (tmp_path / "page.html").unlink()
    assert build_book.output_record() != before


def test_a_build_that_fails_leaves_the_book_that_stood_there(tmp_path, monkeypatch):
    monkeypatch.setattr(build_book, "BUILD", tmp_path)
    monkeypatch.setattr(build_book, "HTML", tmp_path / "html")
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "page.html").write_text("the book before")
    with pytest.raises(build_book.BuildError), build_book.the_book_before_stays_on_failure():
        (tmp_path / "html").mkdir()
        (tmp_path / "html" / "page.html").write_text("half of a new one")
        raise build_book.BuildError("a warning")
    assert (tmp_path / "html" / "page.html").read_text() == "the book before"
    with build_book.the_book_before_stays_on_failure():
        (tmp_path / "html").mkdir()
        (tmp_path / "html" / "page.html").write_text("a new one")
    assert (tmp_path / "html" / "page.html").read_text() == "a new one"
    assert [path.name for path in tmp_path.iterdir()] == ["html"]
