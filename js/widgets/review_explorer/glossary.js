// The words that the explorer uses, for whoever comes to it first; each has its meaning for a title where it stands, too.
import say from "words:review_explorer";
import { html, put } from "../../kit/dom.js";

const TERMS = ["positive", "padding", "start", "unit", "push", "stretch", "unknown"];

/** -> { element, draw(view): what is not there is not explained */
export function glossary() {
  const items = Object.fromEntries(
    TERMS.map((term) => [term, [html("dt", {}, say(`glossary.${term}`)), html("dd", {}, say(`meaning.${term}`))]]),
  );
  const show = (term, yes) => {
    for (const part of items[term]) part.hidden = !yes;
  };
  return {
    element: html(
      "details",
      { className: "review-glossary" },
      html("summary", {}, say("glossary.name")),
      html("dl", {}, ...Object.values(items).flat()),
    ),
    draw({ network, reading }) {
      if (!network) return;
      put(items.padding[1], say(network.padding === "post" ? "meaning.padding_behind" : "meaning.padding"));
      put(items.unit[1], say(network.kind === "lstm" ? "meaning.unit" : "meaning.unit_plain"));
      show("padding", !network.masked);
      show("start", network.rule.start !== null);
      show("push", reading.dense);
      show("unknown", network.rule.unknown !== null);
    },
  };
}
