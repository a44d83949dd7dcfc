"""How soon a page's widgets are there: `.venv/bin/python bench/pages.py`, after `make book`, prints the table.

Every page with a widget, from a server on this machine, in a browser that has nothing of it in its cache. Counted from
the click on a link, in milliseconds: until the first widget's picture is painted (it stands in the page as it came, and
needs no script), and until the first and the last widget of the page can be moved.
"""

import functools
import http.server
import statistics
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tools")]

import browser  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

BOOK = ROOT / "_build" / "html"
TIMES = 5

# Runs before the page's own scripts: the frame after a picture or a widget is in the page has painted it.
WATCH = """
  window.seen = { still: null, live: [] };
  const painted = (tell) => requestAnimationFrame(() => setTimeout(() => tell(performance.now())));
  const look = () => {
    if (seen.still === null && document.querySelector(".belt-still > *")) {
      seen.still = 0;
      painted((now) => (seen.still = now));
    }
    for (const root of document.querySelectorAll('.belt-widget[data-state="drawn"]')) {
      if (root.counted) continue;
      root.counted = true;
      painted((now) => seen.live.push(now));
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def main():
    pages = sorted(path for path in BOOK.rglob("*.html") if 'class="belt-place"' in path.read_text("utf-8"))
    if not pages:
        raise SystemExit(f"{BOOK} holds no page with a widget: run `make book` first")
    handler = functools.partial(Quiet, directory=BOOK)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    heading = f"ms from the click, median and worst of {TIMES}"
    print(f"{heading:42}{'picture':>14}{'first live':>16}{'all live':>16}")
    path = browser.find(browser.FULL)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=browser.ARGUMENTS)
        for page in pages:
            name = page.relative_to(BOOK).as_posix()
            url = f"http://127.0.0.1:{server.server_port}/{name}"
            times = [timed(chromium, url) for _ in range(TIMES)]
            columns = [f"{statistics.median(column):6.0f}{max(column):6.0f}" for column in zip(*times, strict=True)]
            print(f"{name:42}{columns[0]:>14}{columns[1]:>16}{columns[2]:>16}", flush=True)
        chromium.close()
    server.shutdown()


def timed(chromium, url):
    """-> when the first picture, the first widget and the last one are painted, in milliseconds."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(url)
    page.wait_for_function(
        "document.documentElement.dataset.widgets === 'ready' && seen.still > 0"
        " && seen.live.length === document.querySelectorAll('.belt-widget').length"
    )
    seen = page.evaluate("seen")
    context.close()
    return seen["still"], min(seen["live"]), max(seen["live"])


if __name__ == "__main__":
    main()
