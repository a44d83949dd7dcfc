// Under the words: what the curve and the colours are, and how the text was read.
import say from "words:review_reader";
import { html, put } from "../../kit/dom.js";

/** -> { element, draw(view, trouble) } */
export function notes() {
  const told = html("p");
  const notice = html("p", { role: "status" });
  return {
    element: html("div", { className: "reader-notes" }, told, notice),
    draw(view, trouble) {
      put(told, say("strip.told", { unit: view.unit }));
      put(notice, view.reading ? howRead(view) : say(trouble ? "trouble" : "loading"));
      notice.hidden = !notice.textContent;
    },
  };
}

function howRead({ tokens, cut, offset, step, reading }) {
  const n = tokens.filter(({ known }) => !known).length;
  const said = [
    step < offset && say("start", { n: reading.paddings }),
    n && say("unknown", { n }),
    cut && say("cut", { n: cut, length: tokens.length - offset }),
  ];
  return said.filter(Boolean).join(" ");
}
