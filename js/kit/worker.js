// Long work aside, so that a page answers within a frame. One function does it, in a worker where the page allows one,
// else on the page, in pieces:
//
//   work(about, request, { outdated, tell }) -> a promise of the answer; null once `outdated()` is true. `tell(some)`
//                                               says what there is of it so far.

/** In the worker's file: openWith(first) makes what the work is about. Only the newest request is answered. */
export function serve(openWith, work) {
  let about;
  let newest;
  addEventListener("message", async ({ data: { first, key, request } }) => {
    if (first) {
      about = openWith(first);
      return;
    }
    newest = key;
    const outdated = () => key !== newest;
    const answer = await work(about, request, { outdated, tell: (some) => postMessage({ key, answer: some }) });
    if (!outdated()) postMessage({ key, answer, complete: true });
  });
}

/**
 * On the page: script is the worker's file as text, from `import text from "./NAME.js?worker"`; first goes to it before
 * the first request. The worker starts with that, and the AbortSignal ends it.
 * -> ask(request, tell): a promise of the answer; of null where it was asked anew before, or the widget has left
 */
export function openWorker({ script, first, about, work, signal }) {
  let worker;
  let asked = { key: 0 };

  const start = () => {
    worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
    worker.onmessage = ({ data: { key, answer, complete } }) => {
      if (key === asked.key) complete ? asked.answer(answer) : asked.tell(answer);
    };
    worker.onerror = () => here(asked);
    worker.postMessage({ first });
    return ({ key, request }) => worker.postMessage({ key, request });
  };
  // Some pages forbid workers, as an editor's may.
  const here = async (question) => {
    send = here;
    const outdated = () => question.key !== asked.key;
    const answer = await work(about, question.request, { outdated, tell: question.tell });
    if (!outdated()) question.answer(answer);
  };
  let send = (question) => {
    try {
      send = start();
    } catch {
      send = here;
    }
    send(question);
  };

  signal.addEventListener("abort", () => {
    asked.answer?.(null);
    asked = { key: -1 };
    worker?.terminate();
  });

  return (request, tell = () => {}) => {
    asked.answer?.(null); // to whoever asked before
    return new Promise((answer) => {
      asked = { key: asked.key + 1, request, tell, answer };
      send(asked);
    });
  };
}
