"""What the tests of ReviewExplorer share: its page read out, and the same numbers from NumPy."""

from urllib.parse import quote

from lstm_edu.network import shipped

NET = shipped("lstm_32")


SAME = 1e-9  # float64, 500 steps: the page and NumPy differ by rounding; worst seen 1e-15


def settle(page):
    """Wait for the frame that draws the last input, and for what comes a frame later."""
    page.evaluate("(async () => { for (let k = 0; k < 3; k++) await new Promise(requestAnimationFrame); })()")


def probability(page, nth=0):
    settle(page)
    return float(page.locator(".review-p").nth(nth).get_attribute("data-value"))


def expected(text):
    return NET.read(text)


def chips(page):
    return page.locator(".review-chip").all_inner_texts()


def at(**state):
    """A link's end."""
    return "#belt?" + "&".join(f"review-explorer.{name}={quote(str(value))}" for name, value in state.items())


def numpy_held(text, gate, unit, step, value):
    """P(positive) with a gate held."""
    return NET.read(text, [{"gate": gate, "unit": unit, "step": step, "value": value}]).last


def written(page):
    return page.get_by_label("Your review").input_value()
