"""What the tests of several widgets ask of a page."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def violations(page, only=None):
    """What axe finds on a page, of any impact; only: the rules that it asks, or their tags; all if None."""
    page.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8"))
    options = {"resultTypes": ["violations"], "preload": False} | ({"runOnly": only} if only else {})
    results = page.evaluate("(options) => axe.run(document, options)", options)
    assert results["passes"], "axe ran no rule"
    return [
        f"{v['id']}: {node['target']} {node['failureSummary']}" for v in results["violations"] for node in v["nodes"]
    ]


def overflow(page):
    """By how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def cells(page, selector):
    """The texts of a table's rows, a list each."""
    return [row.locator("th, td").all_inner_texts() for row in page.locator(f"{selector} tbody tr").all()]


def numbers(text):
    """The numbers in a text, with the page's minus."""
    return [float(word) for word in text.replace("\u2212", "-").strip("[]").split()]
