"""The widgets' scripts in the repository are what js/build.mjs makes of js/: pip and Binder have no Node."""

import subprocess
from pathlib import Path

import pytest

from lstm_edu.widgets.base import SCRIPTS

ROOT = Path(__file__).resolve().parents[1]
SOURCES = list((ROOT / "js").glob("*.js"))


@pytest.fixture(scope="module")
def build(node_program, tmp_path_factory):
    """build(): {name: bytes} of a fresh bundle of everything; build(entry): of that file alone."""

    def run(*entries):
        folder = tmp_path_factory.mktemp("scripts")
        command = [node_program, "build.mjs", folder, *entries]
        done = subprocess.run(command, cwd=ROOT / "js", capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert not done.stderr  # esbuild's warnings
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    return run


def test_the_committed_scripts_are_a_fresh_bundle(build):
    """Mend: make widgets, and commit lstm_edu/widgets/scripts/."""
    fresh = build()
    committed = {path.name: path.read_bytes() for path in SCRIPTS.iterdir()}
    assert committed.keys() == fresh.keys()
    assert [name for name in fresh if fresh[name] != committed[name]] == []
    assert {path.name for path in SOURCES} <= fresh.keys()


def test_a_script_says_nothing_of_the_machine_it_was_built_on(build):
    for name, content in build().items():
        assert str(ROOT).encode() not in content, name
        assert b"http://" not in content.replace(b"http://www.w3.org/", b""), name
        assert b"https://" not in content, name
