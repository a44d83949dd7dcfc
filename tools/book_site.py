"""Sphinx extension of this book: buttons from the public address, and what the theme and docutils leave amiss."""

from pathlib import Path

import links


def set_buttons(app, config):
    """With a public address each page has its repository, edit and issue buttons, and each chapter its launch buttons."""
    options = config.html_theme_options
    where = links.address(options.get("repository_url", ""), options.get("repository_branch", "main"))
    if where is None:
        return
    options |= {"use_repository_button": True, "use_edit_page_button": True, "use_issues_button": True}
    options["launch_buttons"] = {
        "notebook_interface": "jupyterlab",
        "binderhub_url": "https://mybinder.org",
        "colab_url": "https://colab.research.google.com",
    }


def launch_chapters_only(app, pagename, templatename, context, doctree):
    """Binder and Colab open .ipynb files: pages written as .md have no launch button."""
    if doctree is not None and Path(app.env.doc2path(pagename)).suffix != ".ipynb":
        context["header_buttons"] = [b for b in context["header_buttons"] if b.get("label") != "launch-buttons"]


def name_references(app, pagename, templatename, context, doctree):
    """A list of references holds list items: docutils gives them a role that is neither allowed there nor in use."""
    if "body" in context:
        context["body"] = context["body"].replace('role="doc-biblioentry"', 'role="listitem"')


def setup(app):
    # Jupyter Book always hands this setting on, to an extension that the book leaves out.
    app.add_config_value("comments_config", {}, "html")
    app.connect("config-inited", set_buttons)
    app.connect("html-page-context", launch_chapters_only, priority=900)
    app.connect("html-page-context", name_references)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
