"""The widgets' scripts in the repository are what js/build.mjs makes of js/: pip and Binder have no Node."""

from pathlib import Path

from lstm_edu.widgets.base import SCRIPTS

ROOT = Path(__file__).resolve().parents[2]
WIDGETS = [path.name for path in (ROOT / "js" / "widgets").iterdir()]


def test_the_committed_scripts_are_a_fresh_bundle(bundle):
    """Mend: make widgets, and commit lstm_edu/widgets/scripts/."""
    fresh = bundle()
    committed = {path.name: path.read_bytes() for path in SCRIPTS.iterdir()}
    assert committed.keys() == fresh.keys()
    assert [name for name in fresh if fresh[name] != committed[name]] == []
    assert {f"{name}.js" for name in WIDGETS} <= fresh.keys()


def test_a_script_says_nothing_of_the_machine_it_was_built_on(bundle):
    for name, content in bundle().items():
        assert str(ROOT).encode() not in content, name
        assert b"http://" not in content.replace(b"http://www.w3.org/", b""), name
        assert b"https://" not in content, name
