// Under the words: which one is chosen, what can be done with it, and how the text was read.
import say from "words:review_explorer";
import { atEnd, html, isAtEnd, put } from "../../kit/dom.js";
import { symbol } from "../../kit/symbols.js";
import { LONGEST } from "../../numbers/text.js";
import { wordName } from "./names.js";
import { remember } from "../../kit/remember.js";

/** act: { now(), move(step, to), remove(step) }; change(step) opens the word's field -> { element, draw(view, full, notice) } */
export function wordTools(act, change) {
  const selected = html("span", { className: "review-selected" });
  const notice = html("p", { className: "review-notice", role: "status" });
  const tool = (name, use, sign) => {
    const onclick = ({ currentTarget }) => isAtEnd(currentTarget) || use(act.now().step);
    const ariaLabel = sign && say(`edit.${name}`, { sign });
    return html(
      "button",
      { type: "button", onclick, ariaLabel },
      ...say.pieces(`edit.${name}`, { sign: sign && symbol(name) }),
    );
  };
  const tools = [
    tool("left", (step) => act.move(step, step - 1), "←"),
    tool("right", (step) => act.move(step, step + 1), "→"),
    tool("change", change),
    tool("delete", act.remove),
  ];
  const howRead = remember(noticeOf);
  return {
    element: html("div", { className: "review-tools" }, selected, ...tools, notice),
    /** full: whether the field takes no more; about: what there is to say of the network. */
    draw({ tokens, cut, left, offset, step, holds, network, absent }, full, about) {
      put(notice, howRead(tokens, cut, left, offset, holds.length, network, full, about));
      put(selected, tokens[step] ? wordName(tokens, step, offset) : "");
      const word = network && step >= offset && tokens[step];
      const ends = [step > offset, step < tokens.length - 1, true, true];
      tools.forEach((tool, k) => {
        atEnd(tool, !word || !ends[k]);
        tool.hidden = absent;
      });
    },
  };
}

/** What a reader should know of how the text was read. */
function noticeOf(tokens, cut, left, offset, held, network, full, about) {
  const unknown = tokens.filter(({ known }) => !known).length;
  const count = tokens.length - offset;
  return [
    (network || count > 0) && say("notice.words", { n: count }),
    unknown && say("notice.unknown", { n: unknown }),
    cut &&
      say(`notice.${network?.truncating === "post" ? "cut_behind" : "cut"}`, {
        n: cut,
        length: network?.length ?? count,
      }),
    left && say("notice.left", { n: left }),
    full && say("notice.full", { letters: LONGEST.toLocaleString("en") }),
    held && say("notice.held", { n: held }),
    about,
  ]
    .filter(Boolean)
    .join(" · ");
}
