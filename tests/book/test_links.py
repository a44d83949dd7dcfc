"""Public links: all of them from one setting, none while it is empty."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import assets
import links
import pytest

ROOT = Path(__file__).resolve().parents[2]
URL = "https://github.com/example-school/belt.book"
NEEDED = ["_config.yml", "_toc.yml", "README.md", "book", "notebooks", "tools", "package.json"]
CHAPTERS = [path.relative_to(ROOT).as_posix() for path in links.notebooks(ROOT)]


def copy_with(url, folder):
    """A copy of the book's sources with that address, its notebooks not to be run."""
    for name in NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
        else:
            shutil.copy(ROOT / name, folder / name)
    config = (folder / "_config.yml").read_text("utf-8")
    config, count = re.subn(r"^  url: .*$", f'  url: "{url}"', config, flags=re.M)
    assert count == 1
    config = config.replace("execute_notebooks: cache", "execute_notebooks: 'off'")
    (folder / "_config.yml").write_text(config, "utf-8")
    return folder


def run_links(folder):
    command = [sys.executable, "tools/links.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """built(url): the folder of a book with that address, links written, pages built."""
    made = {}

    def build(url):
        if url not in made:
            folder = made[url] = copy_with(url, tmp_path_factory.mktemp("linked"))
            assert run_links(folder).returncode == 0
            (folder / "node_modules").symlink_to(ROOT / "node_modules")
            assets.gather(folder)
            command = [Path(sys.executable).with_name("jupyter-book"), "build", folder, "--quiet"]
            subprocess.run(command, check=True, capture_output=True)
        return made[url]

    return build


def hrefs(page):
    return re.findall(r'href="(https?://[^"]+)"', page.read_text("utf-8"))


def cells(folder, chapter):
    return json.loads((folder / chapter).read_text("utf-8"))["cells"]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_has_its_buttons(built, chapter):
    found = hrefs((built(URL) / "_build" / "html" / chapter).with_suffix(".html"))
    assert f"https://mybinder.org/v2/gh/example-school/belt.book/main?urlpath=lab/tree/{chapter}" in found
    assert f"https://colab.research.google.com/github/example-school/belt.book/blob/main/{chapter}" in found
    assert URL in found
    assert f"{URL}/edit/main/{chapter}" in found
    page = chapter.removesuffix(".ipynb")
    assert any(href.startswith(f"{URL}/issues/new?title=Issue%20on%20page%20%2F{page}.html") for href in found)


def test_a_page_that_is_no_notebook_has_no_launch_button(built):
    html = built(URL) / "_build" / "html"
    for page in sorted((html / "book").glob("*.html")):
        found = hrefs(page)
        assert f"{URL}/edit/main/book/{page.stem}.md" in found
        assert not [href for href in found if href.startswith(("https://mybinder.org/v2", "https://colab."))]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_first_code_cell_installs_the_package_on_colab_and_only_there(built, chapter):
    first = next(cell for cell in cells(built(URL), chapter) if cell["cell_type"] == "code")
    source = "".join(first["source"])
    assert f"git+{URL}@main" in source and "remove-cell" in first["metadata"]["tags"]
    # with a function in place of the magic it is Python, and here it installs nothing
    installed = []
    code = re.sub(r"%pip install (.*)", r"pip(r'''\1''')", source)
    exec(code, {"pip": installed.append})
    assert "pip(r" in code and installed == []
    page = (built(URL) / "_build" / "html" / chapter).with_suffix(".html").read_text("utf-8")
    assert "google.colab" not in page


def test_the_readme_names_every_way_in(built):
    readme = (built(URL) / "README.md").read_text("utf-8")
    assert "https://example-school.github.io/belt.book/" in readme
    assert "(https://mybinder.org/v2/gh/example-school/belt.book/main?urlpath=lab/tree/notebooks)" in readme
    for chapter in CHAPTERS:
        assert f"(https://colab.research.google.com/github/example-school/belt.book/blob/main/{chapter})" in readme
    assert links.UNSET not in readme


def test_without_an_address_there_is_nothing_of_it(built):
    folder = built("")
    for page in sorted((folder / "_build" / "html").rglob("*.html")):
        text = page.read_text("utf-8")
        assert "launch-buttons" not in text and "source-buttons" not in text and "mybinder.org/v2" not in text, page
    for chapter in CHAPTERS:
        assert not [cell for cell in cells(folder, chapter) if links.TAG in cell["metadata"].get("tags", [])]
    assert links.UNSET in (folder / "README.md").read_text("utf-8")


def test_the_checkout_is_in_step_with_its_setting():
    where = links.read_address(ROOT)
    readme = (ROOT / "README.md").read_text("utf-8")
    assert links.with_block(readme, links.readme_block(where, CHAPTERS)) == readme
    for chapter in links.notebooks(ROOT):
        notebook = json.loads(chapter.read_text("utf-8"))
        assert links.with_cell(notebook, where) == notebook


def test_written_twice_nothing_changes_and_emptied_all_is_as_before(tmp_path):
    folder = copy_with("", tmp_path)
    links.write(folder)
    before = {path: path.read_bytes() for path in [folder / "README.md", *links.notebooks(folder)]}
    config = folder / "_config.yml"
    empty = config.read_text("utf-8")
    config.write_text(empty.replace('  url: ""', f'  url: "{URL}"'), "utf-8")
    assert len(links.write(folder)) == 1 + len(CHAPTERS)
    assert links.write(folder) == []
    config.write_text(empty, "utf-8")
    links.write(folder)
    for path, content in before.items():
        now = path.read_bytes()
        assert (json.loads(now) == json.loads(content)) if path.suffix == ".ipynb" else now == content


@pytest.mark.parametrize(
    "url", ["github.com/a/b", "https://gitlab.com/a/b", URL + "/", URL + ".git", "https://github.com/a"]
)
def test_an_address_that_is_none_is_refused_in_one_line(tmp_path, url):
    folder = copy_with(url, tmp_path)
    before = (folder / "README.md").read_bytes()
    done = run_links(folder)
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr == (
        f"links: _config.yml: repository.url must be empty or https://github.com/ORGANISATION/REPOSITORY, got {url!r}\n"
    )
    assert (folder / "README.md").read_bytes() == before


def test_a_readme_without_its_marks_is_refused_in_one_line(tmp_path):
    folder = copy_with("", tmp_path)
    (folder / "README.md").write_text("# No marks\n")
    done = run_links(folder)
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "README.md must hold the line" in done.stderr
