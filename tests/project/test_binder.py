"""Binder: what repo2docker makes of the checkout, and whether what it installs exists for that Python."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MEMORY = 1.5e9  # bytes, of the 2 GB that a mybinder machine has; 749 MB seen in chapter 9
PYTHON = (ROOT / "runtime.txt").read_text("utf-8").strip().removeprefix("python-")


@pytest.fixture(scope="module")
def dockerfile():
    """What repo2docker would hand to Docker. It says the same where there is no Docker."""
    command = [Path(sys.executable).with_name("jupyter-repo2docker"), "--no-build", "--debug", ROOT]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    return said.stdout + said.stderr


def test_binder_takes_the_python_of_runtime_txt(dockerfile):
    assert f"Building conda environment for python={PYTHON}\n" in dockerfile
    supported = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    low, high = (int(minor) for minor in re.fullmatch(r">=3\.(\d+),<3\.(\d+)", supported).groups())
    assert low <= int(PYTHON.split(".")[1]) < high


def test_binder_installs_the_pins_and_then_the_package(dockerfile):
    requirements = dockerfile.index('pip install --no-cache-dir -r "requirements.txt"')
    package = dockerfile.index("pip install --no-cache-dir .\n")
    assert dockerfile.index("COPY --chown=0:0 src/ ${REPO_DIR}/") < requirements < package


def test_the_pins_exist_for_binders_python(resolve):
    said = resolve("requirements.txt", PYTHON, "x86_64-manylinux_2_28")
    pins = re.findall(r"^([\w-]+==[\w.]+)(?: *;.*linux.*==.*)?$", (ROOT / "requirements.txt").read_text("utf-8"), re.M)
    assert len(pins) >= 10
    for pin in pins:
        assert f"+ {pin}" in said


MEASURE = """
import resource, sys
from nbclient import execute
import nbformat
execute(nbformat.read(sys.argv[1], 4), cwd="notebooks", timeout=600)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(peak * (1 if sys.platform == "darwin" else 1024))
"""


@pytest.mark.data
@pytest.mark.keras
@pytest.mark.parametrize("chapter", ["08_reviews_as_numbers", "09_lstm_on_imdb"])
def test_a_chapter_on_the_real_data_fits_into_binders_memory(chapter):
    command = [sys.executable, "-c", MEASURE, f"notebooks/{chapter}.ipynb"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert 50e6 < int(said) < MEMORY, f"{int(said) / 1e6:.0f} MB at most"


def test_the_installed_package_has_every_file_of_the_checkout(tmp_path):
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", tmp_path]
    # from a copy: setuptools leaves a build folder behind
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    needed = [name for name in tracked if name.startswith("lstm_edu/") and (ROOT / name).exists()]
    for name in [*needed, "pyproject.toml", "README.md", "LICENSE", "LICENSE-text"]:
        target = tmp_path / "copy" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / name).read_bytes())
    subprocess.run([*command, tmp_path / "copy"], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert set(needed) <= set(archive.namelist())
