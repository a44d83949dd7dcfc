"""js/numbers/models.js and the explorer's worker in Chromium, on a page from a file: the model comes, and is ranked."""

import json
from pathlib import Path

import assets
import pytest

from lstm_edu.widgets import ReviewExplorer

JS = Path(__file__).resolve().parents[2] / "js"
MODULES = ("numbers/models", "numbers/network", "widgets/review_explorer/asker")
ENTRY = "\n".join(f'export * from "{(JS / name).as_posix()}.js";' for name in MODULES)
TEXT = "The plot is dull, but the acting is wonderful."

# what a test's script has: w, as a widget gets it; page, all that the modules above export; the network, the ids
OPENING = """async (data) => {
  const leave = new AbortController();
  const w = { assets: new URL("_static/", location).href, signal: leave.signal };
  const page = await window.numbers;
  const network = await page.loadNetwork(w, "lstm_32");
  const openRanker = (network, signal) => page.openAsker("rank", network, signal);
  const ids = page.encode(network, data).tokens.map(({ id }) => id);
  const expected = (holds = []) => {
    const reading = page.read(network, ids, holds);
    return page.confirm(network, reading, page.ranking(network, reading));
  };
"""


@pytest.fixture
def run(bundle, chromium, tmp_path):
    """run(script, head=""): what a script returns on a page with the modules, and nothing wrong on its console."""
    entry = tmp_path / "numbers.js"
    entry.write_text(ENTRY, "utf-8")
    [module] = bundle(entry).values()
    assets.write_models(tmp_path / "_static" / "models")
    context = chromium.new_context()

    def open_page(script, data=TEXT, head=""):
        path = tmp_path / "page.html"
        path.write_text(f'<!doctype html><meta charset="utf-8">{head}<title>Numbers</title>', "utf-8")
        page = context.new_page()
        wrong = []
        page.on("console", lambda message: message.type == "error" and wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(path.as_uri())
        start = (
            "(text) => (window.numbers = import(URL.createObjectURL(new Blob([text], {type: 'text/javascript'})))) && 0"
        )
        page.evaluate(start, module.decode())
        found = page.evaluate(OPENING + script + "}", data)
        return found, wrong

    yield open_page
    context.close()


def test_a_worker_ranks_as_the_page_would(run):
    found, wrong = run("""
      const lists = [];
      const rankInWorker = openRanker(network, w.signal);
      const got = await rankInWorker({ ids }, (list) => lists.push(list));
      const holds = [{ gate: "o", unit: 3, step: null, value: 0.5 }];
      return { got, lists, held: await rankInWorker({ ids, holds }), expected: [expected(), expected(holds)] };
    """)
    assert [found["got"], found["held"]] == found["expected"]
    assert len(found["got"]) == 50
    confirmed = [sum("moved" in one for one in list) for list in found["lists"]]
    assert confirmed == list(range(0, 50, 5))  # told as it grows
    assert not wrong


def test_only_the_newest_request_is_answered(run):
    found, wrong = run("""
      const rankInWorker = openRanker(network, w.signal);
      const holds = (k) => [{ gate: "f", unit: null, step: k, value: 0 }];
      const got = await Promise.all(Array.from({ length: 8 }, (_, k) => rankInWorker({ ids, holds: holds(k) })));
      return { got, expected: expected(holds(7)) };
    """)
    assert found["got"] == [None] * 7 + [found["expected"]]
    assert not wrong


def test_an_answer_that_comes_late_is_dropped(run):
    late = """<script>window.Worker = class {
      postMessage({ key }) {
        if (key !== 2) return;
        for (const of of [1, 2]) this.onmessage({ data: { key: of, answer: [of], complete: true } });
      }
    };</script>"""
    script = """
      const rankInWorker = openRanker(network, w.signal);
      return await Promise.all([rankInWorker({ ids }), rankInWorker({ ids })]);
    """
    found, wrong = run(script, head=late)
    assert found == [None, [2]] and not wrong


def test_the_worker_leaves_an_outdated_request(node):
    found = node(
        """
        let hear;
        const said = [];
        globalThis.addEventListener = (_, listener) => (hear = listener);
        globalThis.postMessage = (message) => said.push(message);
        await import("./widgets/review_explorer/network_worker.js");
        hear({ data: { first: { pack: data, work: "rank" } } });
        await Promise.all([1, 2].map((key) => hear({ data: { key, request: { ids: [1, 4, 20] } } })));
        give(said.map(({ key, complete }) => [key, Boolean(complete)]));
        """,
        ReviewExplorer().packed(),
    )
    assert found == [[2, False]] * 10 + [[2, True]]


def test_when_the_widget_leaves_nobody_waits(run):
    found, wrong = run("""
      const asked = openRanker(network, w.signal)({ ids });
      leave.abort();
      return await asked;
    """)
    assert found is None and not wrong


@pytest.mark.parametrize("how", ["thrown", "by policy"])
def test_where_a_page_forbids_workers_it_ranks_itself(how, run):
    head = {
        "thrown": "<script>window.Worker = class { constructor() { throw new Error('no'); } }</script>",
        "by policy": '<meta http-equiv="Content-Security-Policy" content="worker-src \'none\'">',
    }[how]
    script = """
      const rankInWorker = openRanker(network, w.signal);
      const outdated = rankInWorker({ ids, holds: [{ gate: "f", unit: 0, step: 0, value: 0 }] });
      const got = await rankInWorker({ ids });
      return { got, again: await rankInWorker({ ids }), outdated: await outdated, expected: expected() };
    """
    found, _ = run(script, head=head)  # the browser tells of the policy
    assert found["got"] == found["again"] == found["expected"] and found["outdated"] is None


def test_a_model_comes_once_and_by_name(run):
    found, wrong = run("""
      const again = await page.loadNetwork(w, "lstm_32");
      const other = await page.loadNetwork(w, "lstm_32-seed2");
      const P = (one) => page.read(one, ids).last;
      const missing = await page.loadNetwork(w, "none").catch((error) => error.message);
      const scripts = document.querySelectorAll('script[src*="models/words.js"]').length;
      return { same: again === network, differ: P(other) !== P(network), name: other.name, missing, scripts };
    """)
    assert found.pop("missing").startswith("could not load file:")
    assert found == {"same": True, "differ": True, "name": "lstm_32-seed2", "scripts": 1}
    assert len(wrong) == 1 and "ERR_FILE_NOT_FOUND" in wrong[0]


def test_a_live_notebook_asks_python(run):
    script = """
      const listeners = new Set();
      const sent = [];
      const model = {
        on: (_, listener) => listeners.add(listener),
        off: (_, listener) => listeners.delete(listener),
        send: (message) => sent.push(message),
      };
      const own = page.loadNetwork({ model, signal: w.signal }, "lstm_32");
      for (const listener of [...listeners]) listener({ other: 1 });
      for (const listener of [...listeners]) listener({ pack: JSON.parse(data) });
      const { last } = page.read(await own, [1, 4]);
      return { sent, last, expected: page.read(network, [1, 4]).last, left: listeners.size };
    """
    found, wrong = run(script, data=json.dumps(ReviewExplorer().packed()))
    assert found["sent"] == [{"want": "pack", "name": "lstm_32"}] and found["left"] == 0
    assert found["last"] == found["expected"] and not wrong
