"""HTML that escapes by construction: a text stays text, whatever it holds, and only an element is markup.

>>> element("p", "a < b, ", element("b", "and so on"), class_="note")
'<p class="note">a &lt; b, <b>and so on</b></p>'
"""

import html

EMPTY = {"br", "hr", "img", "input"}  # these have no end


class Markup(str):
    """HTML as it goes into a page. Whoever makes one of a text says by it that nothing in it wants escaping."""


def element(name, *children, **attributes):
    """An element. A child is an element or a text; a list of children stands for its members, None for nothing.

    An attribute's name is written with `_` for `-`, and with one more at its end where Python has the word for itself
    (`class_`, `aria_label`); None leaves it out, True gives the name alone.
    """
    start = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{html.escape(str(value))}"')
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{start}>" if name in EMPTY else f"<{name}{start}>{fragment(*children)}</{name}>")


def fragment(*children):
    """Elements and texts one after the other, children as for `element`."""
    return Markup("".join(_markup(child) for child in children))


def table(head, rows, caption=None, **attributes):
    """A table: `head` names the columns, and each row's first cell names the row. Cells are children of an element."""
    return element(
        "table",
        None if caption is None else element("caption", caption),
        element("thead", element("tr", [element("th", cell, scope="col") for cell in head])),
        element(
            "tbody",
            [
                element("tr", element("th", first, scope="row"), [element("td", cell) for cell in rest])
                for first, *rest in rows
            ],
        ),
        **attributes,
    )


def _markup(child):
    if isinstance(child, Markup):
        return child
    if child is None:
        return ""
    if isinstance(child, (list, tuple)):
        return fragment(*child)
    return html.escape(str(child))
