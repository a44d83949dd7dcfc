"""What js/ must not become: a `mount` that is a whole widget, and exports that nobody imports."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
JS = ROOT / "js"
SOURCES = sorted(JS.rglob("*.js"))
WIDGETS = sorted(path.name for path in (JS / "widgets").iterdir())
LONGEST = 80  # lines of a mount


@pytest.mark.parametrize("name", WIDGETS)
def test_no_mount_is_longer_than_a_screen_or_two(name):
    """A longer one has pieces that want a file of their own."""
    text = (JS / "widgets" / name / "index.js").read_text("utf-8")
    mount = re.search(r"^( *)(?:function )?mount\(.*?^\1}", text, re.DOTALL | re.MULTILINE)
    assert mount and mount[0].count("\n") < LONGEST


def exports(path):
    """The names that a file exports."""
    text = path.read_text("utf-8")
    named = re.findall(r"^export (?:async )?(?:const|function\*?|class) (\w+)", text, re.MULTILINE)
    return named + [name for group in re.findall(r"^export {(.*?)}", text, re.DOTALL) for name in group.split()]


def imported():
    """(file, name) of all that scripts import of one another: by name, or as `all.name` where all of it is imported."""
    found = set()
    for path in SOURCES:
        text = path.read_text("utf-8")
        for names, source in re.findall(r'^(?:import|export) {([^}]*)} from "(\.[^"]+)"', text, re.MULTILINE):
            target = (path.parent / source).resolve()
            found |= {(target, name.split()[0]) for name in names.split(",") if name.strip()}
        for alias, source in re.findall(r'^import \* as (\w+) from "(\.[^"]+)"', text, re.MULTILINE):
            target = (path.parent / source).resolve()
            found |= {(target, name) for name in re.findall(rf"\b{alias}\.(\w+)", text)}
    return found


def test_every_export_is_used_by_another_script_or_a_test():
    used = imported()
    tests = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    dead = [
        f"{path.relative_to(JS)}: {name}"
        for path in SOURCES
        for name in exports(path)
        if (path, name) not in used and not re.search(rf"\b{name}\b", tests)
    ]
    assert dead == []
