"""Which room of the package imports which: read from the code, held against the table in CONTRIBUTING."""

import ast
import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "lstm_edu"
INSIDE = re.compile(r"inside functions(?: of `\w+`)?")


def told():
    """{room: {name: where}} of the table: a name is a room or a package between backticks; where it is imported is
    "anywhere", or "inside functions" of any file, or of the one that is named.
    """
    table = re.search(r"^\| room \| what is in it \| may import \|\n.*\n((?:\|.*\n)+)", contributing(), re.M).group(1)
    rows = [[cell.strip() for cell in line[1:-1].split("|")] for line in table.splitlines()]
    return {room.strip("`/").removesuffix(".py"): permissions(may) for room, _, may in rows}


def contributing():
    return (ROOT / "CONTRIBUTING.md").read_text()


def permissions(cell):
    """{name: where} of a cell of the table's last column."""
    names = {}
    for clause in cell.split(";"):
        inside = INSIDE.search(clause)
        for name in re.findall(r"`(\w+)`", INSIDE.sub("", clause)):
            names[name] = inside.group() if inside else "anywhere"
    return names


def worded(names):
    """The other way round: what the table would have to say."""
    places = sorted(set(names.values()))
    clauses = {where: ", ".join(f"`{name}`" for name in sorted(names) if names[name] == where) for where in places}
    return "; ".join(clause if where == "anywhere" else f"{where}: {clause}" for where, clause in clauses.items())


def found():
    """{room: {name: where}} of the code, `where` as `told` has it: a file is named if it is not the room itself."""
    rooms = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        room, *inner = path.relative_to(PACKAGE).with_suffix("").parts
        names = rooms.setdefault(room, {})
        for name, at_top in imports(path):
            if name not in sys.stdlib_module_names and name != room:
                files = names.setdefault(name, set())
                files.add("anywhere" if at_top else " ".join(["inside functions", *(f"of `{file}`" for file in inner)]))
    for names in rooms.values():
        for name, where in names.items():
            names[name] = "anywhere" if "anywhere" in where else where.pop() if len(where) == 1 else "inside functions"
    return rooms


def imports(path):
    """(room or package, whether outside of every function) for each import of a file that leaves its room."""
    tree = ast.parse(path.read_text())
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    inside = {id(node) for function in functions for node in ast.walk(function)}
    depth = len(path.relative_to(PACKAGE).parts)
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name.removeprefix("lstm_edu.") for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level in (0, depth):  # `depth` dots: the package itself
            inner = (node.module or "").removeprefix("lstm_edu" if node.level == 0 else "").lstrip(".")
            names = [inner] if inner else [alias.name for alias in node.names]
        yield from ((name.split(".")[0], id(node) not in inside) for name in names)


def test_each_room_imports_what_the_table_says_and_nothing_the_table_says_in_vain():
    told_, found_ = told(), found()
    assert set(found_) <= set(told_), "a new room needs its line in CONTRIBUTING"
    assert [room for room in told_ if not (PACKAGE / room).is_dir() and not (PACKAGE / f"{room}.py").is_file()] == []
    for room, names in told_.items():
        assert found_.get(room, {}) == names, f"{room}: {worded(found_.get(room, {}))}"


def test_a_permission_is_read_as_it_is_meant():
    cell = "`cells`, `numpy`; inside functions: `keras`; inside functions of `pool`: `dask`"
    names = {"cells": "anywhere", "numpy": "anywhere", "keras": "inside functions"}
    assert permissions("") == {}
    assert permissions(cell) == names | {"dask": "inside functions of `pool`"}
    assert worded(permissions(cell)) == cell


def test_keras_and_tensorflow_are_imported_inside_functions():
    for room, names in found().items():
        assert names.get("keras") != "anywhere" and names.get("tensorflow") != "anywhere", room


def test_only_figures_imports_plotly():
    assert [room for room, names in found().items() if "plotly" in names] == ["figures"]


def pages():
    """(name, code) of each notebook and page."""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = [cell for cell in json.loads(path.read_text())["cells"] if cell["cell_type"] == "code"]
        yield path.name, "\n".join("".join(cell["source"]) for cell in cells)
    for path in sorted((ROOT / "book").rglob("*.md")):
        yield (
            path.name,
            "\n".join(re.findall(r"^```.*(?:python|code-cell).*\n((?:(?!```).*\n)*)", path.read_text(), re.M)),
        )


@pytest.mark.parametrize(("name", "code"), [pytest.param(*page, id=page[0]) for page in pages()])
def test_a_page_imports_from_a_room_and_from_no_inner_one(name, code):
    for module, names in re.findall(r"^ *(?:from|import) +(lstm_edu[\w.]*)(?: +import +(.*))?", code, re.M):
        room = module.split(".")[1:]
        assert len(room) <= 1, f"{name}: {module} is an inner room"
        for each in re.findall(r"\w+", names) if room else []:
            inner = (PACKAGE / room[0] / f"{each}.py").exists() and not callable(
                getattr(import_module(module), each, 0)
            )
            assert not inner, f"{name}: {module}.{each} is an inner room"


def test_importing_the_package_brings_numpy_and_nothing_heavier():
    code = "import numpy, sys; a = set(sys.modules); import lstm_edu; print(*sorted(set(sys.modules) - a))"
    new = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    outside = {name.split(".")[0] for name in new} - set(sys.stdlib_module_names)
    assert outside == {"lstm_edu"}, outside


def test_the_benches_and_tools_import_nothing_from_the_tests():
    made_here = {path.stem for path in (ROOT / "tests").rglob("*.py")}
    for path in [*(ROOT / "bench").glob("*.py"), *(ROOT / "tools").glob("*.py")]:
        imported = set(re.findall(r"^ *(?:from|import) +(\w+)", path.read_text("utf-8"), re.M))
        assert not imported & (made_here | {"tests"}) and '"tests")' not in path.read_text("utf-8"), path.name
