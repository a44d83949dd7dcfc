// The words that the explorer uses, for whoever comes to it first; each has its meaning for a title where it stands, too.
import say from "words:review_explorer";
import { html } from "../../kit/dom.js";

const TERMS = ["positive", "padding", "start", "unit", "push", "stretch", "unknown"];

export const glossary = () =>
  html(
    "details",
    { className: "review-glossary" },
    html("summary", {}, say("glossary.name")),
    html(
      "dl",
      {},
      ...TERMS.flatMap((term) => [html("dt", {}, say(`glossary.${term}`)), html("dd", {}, say(`meaning.${term}`))]),
    ),
  );
