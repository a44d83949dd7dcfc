// The words that the explorer uses, for whoever comes to it first: at the word itself, and all together at the end.
import { html } from "../../kit/dom.js";

export const MEANS = {
  "P(positive)": "The model’s probability that the review is favourable. From one half on it is judged positive.",
  padding:
    "Every review that the model reads has the same length. The places that a short one leaves empty, before its first word, are filled with a 0, and read too.",
  start: "A mark that stands before the first word of every review that is not cut.",
  unit: "One of the numbers that the cell keeps, each with its own gates and its own belt: a row of the map.",
  push: "What a unit adds to the prediction at a word: its h times its weight in the output. All of them and a bias, through σ, make P(positive).",
  Stretch: "Colours from the smallest value here to the largest, so that small differences show.",
  unknown: "Not among the words that the model knows. All such words read the same to it.",
};

export const glossary = () =>
  html(
    "details",
    { className: "review-glossary" },
    html("summary", {}, "What is what"),
    html("dl", {}, ...Object.entries(MEANS).flatMap(([name, text]) => [html("dt", {}, name), html("dd", {}, text)])),
  );
