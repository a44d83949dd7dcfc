"""Make every public link from one setting: repository.url in _config.yml.

`python tools/links.py` writes the README's block and the first code cell of each notebook, which installs the package
on Google Colab; `make book` runs it. Written twice, nothing changes. While the address is empty there is no such cell,
and the README says which line to fill. The buttons of the pages come from the same setting through book_site.py.
"""

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
START = "<!-- links: written by tools/links.py from repository.url in _config.yml -->"
END = "<!-- /links -->"
TAG = "colab"  # marks the one cell that this file writes
UNSET = (
    "The public address of this book is not set. Fill in `url:` under `repository:` in `_config.yml`, run `make book`, "
    "and the links to\nBinder and Colab appear here, and on every page beside those to its source."
)


class LinksError(ValueError):
    """A setting or a file that links cannot be made from; str() is one line for the reader."""


@dataclass(frozen=True)
class Address:
    """A public GitHub repository."""

    owner: str
    name: str
    branch: str

    @property
    def url(self) -> str:
        return f"https://github.com/{self.owner}/{self.name}"

    @property
    def pages(self) -> str:
        return f"https://{self.owner.lower()}.github.io/{self.name}/"

    def binder(self, notebook: str) -> str:
        return f"https://mybinder.org/v2/gh/{self.owner}/{self.name}/{self.branch}?urlpath=lab/tree/{notebook}"

    def colab(self, notebook: str) -> str:
        return f"https://colab.research.google.com/github/{self.owner}/{self.name}/blob/{self.branch}/{notebook}"


def address(url: str, branch: str = "main") -> Address | None:
    """The address that `url` names; None if it is empty. LinksError if it is not that of a GitHub repository."""
    if not url:
        return None
    found = re.fullmatch(r"https://github\.com/([A-Za-z0-9-]+)/([A-Za-z0-9._-]+)", url)
    if not found or url.endswith(".git"):
        raise LinksError(
            f"_config.yml: repository.url must be empty or https://github.com/ORGANISATION/REPOSITORY, got {url!r}"
        )
    return Address(*found.groups(), branch)


def read_address(root: Path) -> Address | None:
    """The address in root/_config.yml; None while it is empty."""
    repository = yaml.safe_load((root / "_config.yml").read_text("utf-8")).get("repository") or {}
    return address(repository.get("url") or "", repository.get("branch") or "main")


def notebooks(root: Path) -> list[Path]:
    """The chapters, in reading order."""
    return sorted((root / "notebooks").glob("*.ipynb"))


def readme_block(where: Address | None, names: list[str]) -> str:
    """What stands between the two marks of the README; `names` are paths of notebooks from the root."""
    if where is None:
        return UNSET
    colab = " · ".join(f"[{Path(name).stem.split('_')[0]}]({where.colab(name)})" for name in names)
    return (
        f"Read it at {where.pages}, or run it in your browser with nothing installed:\n"
        f"[all chapters on Binder]({where.binder('notebooks')}), or one chapter on Google Colab: {colab}."
    )


def with_block(readme: str, block: str) -> str:
    """`readme` with `block` between the marks, each of which must stand there once."""
    if readme.count(START) != 1 or readme.count(END) != 1 or readme.index(START) > readme.index(END):
        raise LinksError(f"README.md must hold the line {START!r} once, and after it {END!r} once")
    head, rest = readme.split(START)
    return f"{head}{START}\n{block}\n{END}{rest.split(END)[1]}"


def colab_cell(where: Address) -> dict:
    """The cell that installs the package on Colab and does nothing elsewhere. Pages leave it out."""
    source = [
        "# On Google Colab this installs the book's package; anywhere else it does nothing.\n",
        "import sys\n",
        "\n",
        'if "google.colab" in sys.modules:\n',
        f'    %pip install --quiet "lstm-edu[keras,widgets] @ git+{where.url}@{where.branch}"',
    ]
    metadata = {"tags": ["remove-cell", TAG]}
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": TAG,
        "metadata": metadata,
        "outputs": [],
        "source": source,
    }


def with_cell(notebook: dict, where: Address | None) -> dict:
    """`notebook` with the Colab cell as its first code cell, or without one if there is no address."""
    cells = [cell for cell in notebook["cells"] if TAG not in cell["metadata"].get("tags", [])]
    if where is not None:
        first = next((k for k, cell in enumerate(cells) if cell["cell_type"] == "code"), len(cells))
        cells.insert(first, colab_cell(where))
    return {**notebook, "cells": cells}


def write(root: Path) -> list[Path]:
    """Bring README.md and the notebooks of `root` in step with the setting; the files that were changed."""
    where = read_address(root)
    chapters = notebooks(root)
    readme = root / "README.md"
    names = [chapter.relative_to(root).as_posix() for chapter in chapters]
    texts = {readme: with_block(readme.read_text("utf-8"), readme_block(where, names))}
    for chapter in chapters:
        notebook = json.loads(chapter.read_text("utf-8"))
        new = with_cell(notebook, where)
        if new != notebook:
            texts[chapter] = json.dumps(new, indent=1, ensure_ascii=False) + "\n"
    changed = [path for path, text in texts.items() if path.read_text("utf-8") != text]
    for path in changed:
        path.write_text(texts[path], "utf-8")
    return changed


def main() -> int:
    try:
        changed = write(ROOT)
    except (LinksError, OSError, json.JSONDecodeError, yaml.YAMLError) as error:
        print("links: " + " ".join(str(error).split()), file=sys.stderr)
        return 1
    for path in changed:
        print(f"links: wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
