"""Sphinx extension of this book: buttons from the public address, and what the theme and docutils leave amiss."""

from pathlib import Path

import icons
import links
import mathematics
import reading_time
from pybtex.plugin import register_plugin
from pybtex.style.formatting.plain import Style as PlainStyle
from pybtex.style.labels import BaseLabelStyle


class AuthorYearLabels(BaseLabelStyle):
    """In the list of references an entry has the name that the text cites it by: Gers et al., 2000."""

    def format_labels(self, sorted_entries):
        for entry in sorted_entries:
            last = [" ".join(map(str, person.rich_last_names)) for person in entry.persons["author"]]
            names = f"{last[0]} et al." if len(last) > 2 else " and ".join(last)
            yield f"{names}, {entry.fields['year']}"


class AuthorYearStyle(PlainStyle):
    default_label_style = AuthorYearLabels


def set_buttons(app, config):
    """With a public address a page has repository, edit and issue buttons, and a chapter launch buttons too."""
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


def tell_reading_times(app, config):
    """A page can say how long a chapter takes to read."""
    config.myst_substitutions = reading_time.minutes(Path(app.srcdir))


def launch_chapters_only(app, pagename, templatename, context, doctree):
    """Binder and Colab open .ipynb files: pages written as .md have no launch button."""
    if doctree is not None and Path(app.env.doc2path(pagename)).suffix != ".ipynb":
        context["header_buttons"] = [b for b in context["header_buttons"] if b.get("label") != "launch-buttons"]


def mend_names(app, pagename, templatename, context, doctree):
    """Roles and names that docutils and MyST-NB give to things and that a screen reader cannot use."""
    if "body" not in context:
        return
    # A list of references holds list items; the role they get is neither allowed in a list nor in use any more.
    body = context["body"].replace('role="doc-biblioentry"', 'role="listitem"')
    # "Show code cell source" stands on it, and the name would say something else.
    context["body"] = body.replace(' aria-label="Toggle hidden content"', "")


def cut_icons(app, error):
    """When the pages are written it is known which icons they show."""
    if error is None and app.builder.name == "html":
        icons.cut(Path(app.outdir) / "_static")


def setup(app):
    register_plugin("pybtex.style.formatting", "author_year", AuthorYearStyle)
    # Jupyter Book always hands this setting on, to an extension that the book leaves out.
    app.add_config_value("comments_config", {}, "html")
    mathematics.setup(app)
    app.connect("config-inited", set_buttons)
    app.connect("config-inited", tell_reading_times)
    app.connect("html-page-context", launch_chapters_only, priority=900)
    app.connect("html-page-context", mend_names)
    app.connect("build-finished", cut_icons)
    return {"parallel_read_safe": True, "parallel_write_safe": False}  # one process sets the formulas
