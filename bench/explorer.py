"""How fast ReviewExplorer answers in Chromium: `.venv/bin/python bench/explorer.py` prints the table.

A text of 500 words, a model of 32 units. Busy: what the page's thread does from an input until the frame that shows it
is painted, the event's handler and the frame's scripts, style, layout and paint; not the wait in between for the
screen, which asks for a frame 60 times a second. By the clock, and by the processor's count for this thread, to which
other programs on the machine do not add. The bars under the words and the six small maps follow in the frame after it:
"then" is what that frame takes. The first row is a yardstick: work that is the same each time and asks nothing
of the browser; how its p95 stands above its p50 is the machine's doing. Burst: 200 inputs a second for two seconds; is
the last one drawn?
"""

import shutil
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tools")]

import assets  # noqa: E402
import browser  # noqa: E402
from bare_page import bare_page  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from lstm_edu.widgets import ReviewExplorer  # noqa: E402
from lstm_edu.widgets.review_explorer import reviews  # noqa: E402

WORDS, TIMES = 500, 120
PATH = browser.find(browser.FULL)  # before Playwright runs

# act(k) makes one input; the promise is done after the frame that was painted for it
MEASURE = """async ([kind, times]) => {
  const root = document.querySelector(".belt-review-explorer");
  const field = root.querySelector("textarea");
  const map = root.querySelector("[role=application]");
  const words = field.value.split(" ");
  const slide = root.querySelector(".review-panel .belt-slider input");
  const acts = {
    type(k) {
      words[words.length - 1] = ["wonderful", "awful", "good", "bad"][k % 4];
      field.value = words.join(" ");
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    },
    typeFirst(k) {
      words[0] = ["wonderful", "awful", "good", "bad"][k % 4];
      field.value = words.join(" ");
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    },
    arrow: (k) => map.dispatchEvent(new KeyboardEvent("keydown", { key: k % 20 < 10 ? "ArrowLeft" : "ArrowRight" })),
    hold(k) {
      slide.value = (k % 100) / 100;
      slide.dispatchEvent(new InputEvent("input", { bubbles: true }));
    },
    yardstick() {
      let sum = 0;
      for (let n = 0; n < 4e6; n++) sum += Math.sqrt(n);
      return sum;
    },
    part(k) {
      map.dispatchEvent(new KeyboardEvent("keydown", { key: "figoch"[k % 6] }));
    },
  };
  // a task that runs when the frame has been painted
  const { port1, port2 } = new MessageChannel();
  const after = () => new Promise((done) => {
    port1.onmessage = done;
    port2.postMessage(0);
  });
  const frame = () => new Promise((done) => requestAnimationFrame(() => done(performance.now())));
  // what the next frame takes, from before the widget's own work in it
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const begun = performance.now();
    after().then(() => done(performance.now() - begun));
  }));
  acts.holdAll = acts.hold;
  const found = [];
  for (let k = 0; k < times; k++) {
    for (let quiet = 0; quiet < 2; quiet++) {
      await frame();
      await after();
    }
    const from = performance.now();
    const next = painted();
    acts[kind](k);
    const handled = performance.now() - from;
    found.push([handled + (await next), await painted()]);
  }
  return found;
}"""

BURST = """async () => {
  const field = document.querySelector(".belt-review-explorer textarea");
  const text = field.value;
  const words = ["wonderful", "awful", "boring", "superb"];
  const start = performance.now();
  let sent = 0;
  await new Promise((done) => {
    const next = () => {
      const due = Math.min(400, Math.floor((performance.now() - start) / 5));
      for (; sent < due; sent++) {
        field.value = `${text} ${words[sent % 4]} ${sent}`;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }
      sent < 400 ? setTimeout(next) : done();
    };
    next();
  });
  const took = performance.now() - start;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return { text: field.value, shown: Number(document.querySelector(".review-p").textContent), took };
}"""


def main():
    words = [word for _, text in reviews() for word in text.split() if word[0].isalpha()]
    widget = ReviewExplorer(text=" ".join((words * 2)[:WORDS]))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        write_page(Path(folder), widget)
        chromium = playwright.chromium.launch(executable_path=PATH, args=browser.ARGUMENTS)
        heads = f"{'clock p50':>11}{'p95':>8}{'then p50':>11}{'p95':>8}{'processor, mean of both':>26}"
        print(f"{'busy from input to painted frame, ms':38}{heads}")
        for slower in (1, 4):
            page = open_page(chromium, Path(folder) / "index.html", slower)
            for kind, name in KINDS.items():
                page.evaluate(MEASURE, [kind, 20])  # warm
                report(page, f"{name}, {slower}x slower" if slower > 1 else name, kind)
            burst(page, widget, slower)
            page.close()
        chromium.close()


KINDS = {
    "yardstick": "four million square roots",
    "type": "typing, the last word",
    "typeFirst": "typing, the first word",
    "arrow": "an arrow in the map",
    "part": "another part",
    "hold": "dragging a gate held at a word",
    "holdAll": "dragging one held at every word",
}


def write_page(folder, widget):
    shutil.copytree(ROOT / "book" / "assets", folder / "_static")
    assets.write_models(folder / "_static" / "models")
    (folder / "index.html").write_text(bare_page([widget], "light"), "utf-8")


def open_page(chromium, path, slower):
    page = chromium.new_page(viewport={"width": 800, "height": 900})
    page.goto(path.as_uri())
    page.wait_for_function("document.querySelector('.belt-body')?.dataset.model === 'ready'")
    page.get_by_role("tab", name="Hold a gate").click()
    page.client = page.context.new_cdp_session(page)
    page.client.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.client.send("Performance.enable", {"timeDomain": "threadTicks"})
    return page


def report(page, name, kind):
    if kind.startswith("hold"):
        page.get_by_role("checkbox", name="all units").check()
        page.get_by_role("checkbox", name="every word").set_checked(kind == "holdAll")
        page.get_by_role("button", name="Hold it").click()
    before = processor(page)
    both = [sorted(times) for times in zip(*page.evaluate(MEASURE, [kind, TIMES]), strict=True)]
    each = 1000 * (processor(page) - before) / TIMES
    columns = [f"{statistics.median(times):11.1f}{times[int(0.95 * TIMES)]:8.1f}" for times in both]
    print(f"{name:38}{''.join(columns)}{each:26.1f}")


def processor(page):
    """Seconds of the processor that the page's thread has used in its tasks."""
    found = page.client.send("Performance.getMetrics")["metrics"]
    return next(metric["value"] for metric in found if metric["name"] == "TaskDuration")


def burst(page, widget, slower):
    page.get_by_role("button", name="Let all go").click()
    seen = page.evaluate(BURST)
    expected = widget.network.read(seen["text"]).last
    drawn = abs(seen["shown"] - expected) < 6e-4
    print(f"400 inputs in {seen['took'] / 1000:.1f} s, {slower}x: the last is {'drawn' if drawn else 'NOT drawn'}")


if __name__ == "__main__":
    main()
