// Which lines of the drawing a part of the turn needs.
import { isDot, isEnd } from "../../kit/drawing.js";

const forward = (edge) => edge.kind !== "return";

/**
 * The edges that bring a part what it needs, back through dots to where it comes from, and those that bring what it
 * makes to an end of the drawing: [{ edge, from }], from being the length of line that lies before the edge.
 */
export function route(edges, part) {
  if (isEnd(part)) return [];
  const found = new Map();
  const lengthOf = (edge) => edge.line.getTotalLength();
  const into = (name) => {
    let longest = 0;
    for (const edge of edges.filter((edge) => edge.to === name && forward(edge))) {
      const from = isDot(edge.from) ? into(edge.from) : 0;
      found.set(edge, from);
      longest = Math.max(longest, from + lengthOf(edge));
    }
    return longest;
  };
  const outOf = (name, from) => {
    let arrives = false;
    for (const edge of edges.filter((edge) => edge.from === name && forward(edge))) {
      if (isEnd(edge.to) || (isDot(edge.to) && outOf(edge.to, from + lengthOf(edge)))) {
        found.set(edge, from);
        arrives = true;
      }
    }
    return arrives;
  };
  outOf(part, into(part));
  return [...found].map(([edge, from]) => ({ edge, from }));
}

/** The lines on which h and c go round to the next turn. */
export const around = (edges) => edges.filter((edge) => !forward(edge)).map((edge) => ({ edge, from: 0 }));

/** Whether an edge begins or ends at a node, on the way forward. */
export const touches = (edge, name) => forward(edge) && (edge.from === name || edge.to === name);
