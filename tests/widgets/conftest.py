"""Pages with widgets that load trained models."""

import shutil

import assets
import pytest
from review_pages import settle

from lstm_edu.widgets import ReviewExplorer

# ReviewReader and PaddingLab wait for their reader
COME = "document.querySelectorAll('.belt-body').forEach((body) => body.dispatchEvent(new Event('pointerover')))"


@pytest.fixture(scope="session")
def models(tmp_path_factory):
    """The folder of the models' scripts, as the book has them."""
    folder = tmp_path_factory.mktemp("models") / "models"
    assets.write_models(folder)
    return folder


@pytest.fixture
def explorer(widget_page, models, tmp_path):
    """explorer(*widgets, **options): a page with ReviewExplorers, ReviewReaders or PaddingLabs, their models loaded."""

    def open_page(*widgets, **options):
        target = tmp_path / "_static" / "models"
        if not target.exists():
            shutil.copytree(models, target)
        page = widget_page(*(widgets or [ReviewExplorer()]), **options)
        if options.get("java_script_enabled", True):
            page.evaluate(COME)
            page.wait_for_function(
                "[...document.querySelectorAll('.belt-body')].every((body) => body.dataset.model === 'ready')"
            )
            settle(page)
        return page

    return open_page
