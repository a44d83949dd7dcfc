// Sets formulas for tools/mathematics.py: a line of JSON in, {tex, display}, and a line out, {mathml} or {error}.

import { createInterface } from "node:readline";
import temml from "temml";

// In an index no space stands around an operator, and none around a bracket of a told size.
function tighten(node, inIndex = false) {
  if (node.type === "mo" && (inIndex || node.attributes.minsize)) {
    node.setAttribute("lspace", "0em");
    node.setAttribute("rspace", "0em");
  }
  const isScripted = ["msub", "msup", "msubsup"].includes(node.type);
  node.children?.forEach((child, k) => {
    tighten(child, inIndex || (isScripted && k > 0));
  });
  return node;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { tex, display } = JSON.parse(line);
  const options = { displayMode: display, wrap: "tex", throwOnError: true, strict: true };
  let answer;
  try {
    answer = { mathml: tighten(temml.__renderToMathMLTree(tex, options)).toMarkup() };
  } catch (error) {
    answer = { error: error.rawMessage ?? error.message };
  }
  console.log(JSON.stringify(answer));
}
