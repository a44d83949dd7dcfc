"""A page that shows widgets as the book does, by the light loader, without the book around them: for tests, benches."""

import json

from ipywidgets.embed import dependency_state


def bare_page(widgets, theme, language="en"):
    """HTML that holds what the book's page holds of some widgets: their places and their state."""
    state = {"version_major": 2, "version_minor": 0, "state": dependency_state(widgets, drop_defaults=False)}
    places = "\n".join(map(place_of, widgets))
    text = json.dumps(state).replace("</", "<\\/")
    return (
        f'<!doctype html><html lang="{language}" data-theme="{theme}"><meta charset="utf-8"><title>Widgets</title>'
        f'<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="_static/book.css">'
        f'<script type="application/vnd.jupyter.widget-state+json">{text}</script>'
        f'<script defer src="_static/widgets.js"></script><main><h1>Widgets</h1>{places}</main></html>'
    )


def place_of(widget):
    """The HTML of a widget in a page: its own, and for ipywidgets, which have none, what MyST-NB writes."""
    bundle = widget._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    view = "application/vnd.jupyter.widget-view+json"
    return data.get("text/html") or f'<script type="{view}">{json.dumps(data[view])}</script>'
