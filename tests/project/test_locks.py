"""The locks: what they hold is what requirements.txt asks for, and it exists for every machine the book is for."""

import json
import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from plotly.offline import get_plotlyjs_version

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "tools" / "locks"


def pins(path):
    """name -> versions that a file pins; several where markers choose among them."""
    found = {}
    for name, pin in re.findall(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)", path.read_text("utf-8"), re.M):
        found.setdefault(name.lower(), set()).add(pin)
    return found


def test_the_book_lock_holds_the_pins_of_requirements_txt():
    asked = pins(ROOT / "requirements.txt")
    locked = pins(LOCKS / "book.txt")
    assert len(asked) >= 10
    assert {name: locked.get(name) for name in asked} == asked


def test_the_dev_lock_holds_all_of_the_book_lock():
    book, dev = pins(LOCKS / "book.txt"), pins(LOCKS / "dev.txt")
    assert {name: dev.get(name) for name in book} == book


@pytest.mark.parametrize("lock", sorted(LOCKS.glob("*.txt")), ids=lambda path: path.name)
def test_every_locked_package_has_a_hash(lock):
    blocks = re.split(r"^(?=[A-Za-z0-9])", lock.read_text("utf-8"), flags=re.M)[1:]
    assert blocks and all("--hash=sha256:" in block for block in blocks)


def test_the_extras_allow_what_is_locked():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    locked = pins(LOCKS / "dev.txt")
    for requirement in map(Requirement, sum(extras.values(), [])):
        assert all(pin in requirement.specifier for pin in locked[requirement.name]), str(requirement)


def test_the_browser_assets_are_locked_by_sha512_and_name_no_host():
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    for name, entry in packages.items():
        assert entry["integrity"].startswith("sha512-") and "resolved" not in entry, name
    asked = json.loads((ROOT / "package.json").read_text("utf-8"))
    for name, pin in (asked["dependencies"] | asked["devDependencies"]).items():
        assert packages[f"node_modules/{name}"]["version"] == pin


def test_the_pages_draw_with_the_plotly_js_that_pythons_plotly_writes_for():
    asked = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    assert asked["plotly.js-cartesian-dist-min"] == get_plotlyjs_version()


def test_the_tests_run_on_the_locked_packages():
    locked = pins(LOCKS / "dev.txt")
    for name in ("numpy", "keras", "plotly", "jupyter-book", "pytest"):
        assert version(name) in locked[name], f"{name}: the .venv is not that of the lock; run make test"


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("platform", ["x86_64-manylinux_2_28", "aarch64-apple-darwin"])
def test_the_locks_resolve_for_every_machine_the_book_is_for(resolve, platform, python):
    said = resolve("tools/locks/dev.txt", python, platform, "--require-hashes")
    tensorflow = "tensorflow-cpu" if "linux" in platform else "tensorflow"
    (pin,) = pins(LOCKS / "dev.txt")[tensorflow]
    assert f"+ {tensorflow}=={pin}\n" in said
