// Check: a question with a number, an array or a choice for an answer.
import say from "words:check";
import { button, html } from "../../kit/dom.js";
import { frame } from "../../kit/frame.js";
import { answerText, judge } from "../../numbers/answers.js";
import { choices, entry, worded } from "./fields.js";
import { keep, kept } from "./kept.js";
import { symbol } from "../../kit/symbols.js";
import "./style.css";

const SIGNS = { right: "tick", wrong: "cross", unread: "cross" };
const begins = (verdict) => say.pieces(`verdict.${verdict}`, { sign: symbol(SIGNS[verdict]) });

export default frame({
  name: "Check",
  title: say("title"),
  mount(w) {
    const question = w.get("question");
    const field = question.choices ? choices(question, w.id("choice")) : entry(question);
    const says = html("p", { className: "check-says", role: "status" });
    const answer = answerOf(question);
    const reveal = button("", () => give({ shown: !w.get("shown") }));
    const progress = progressOf(w, field);
    let [tried, said, written, edited] = [false, "", [], false];
    w.body.append(formOf(question, field, reveal, { submit, edit }), says, answer, progress);

    /** What was said is about the answer before, which still counts. */
    function edit() {
      [said, edited] = ["", true];
      says.replaceChildren();
    }

    function submit() {
      const given = field.read();
      said = ""; // said anew, even if it is the same as before
      says.replaceChildren(...(given.length ? [] : [say("pick")]));
      if (given.length) give({ given, shown: false });
    }

    function give(state) {
      w.set(state);
      keep(question.id, { given: w.get("given"), shown: w.get("shown") });
    }

    const forget = () => {
      w.set({ given: [], shown: false });
      keep(question.id, null);
    };
    document.addEventListener("check-forget", forget, { signal: w.signal });
    const before = kept(question.id);
    if (before && !w.get("given").length) w.set(before);

    return () => {
      const given = w.get("given");
      const judged = judge(question, given);
      const { verdict } = judged;
      if (verdict !== w.get("verdict")) w.set({ verdict });
      if (given !== written) {
        field.write((written = given));
        edited = false;
      }
      const told = sentence(judged);
      if (!edited && told !== said) {
        said = told;
        const rest = judged.problem ? [said] : worded(said); // what was typed is set as it was typed
        says.replaceChildren(...(said ? [html("strong", {}, ...begins(verdict)), " ", ...rest] : []));
      }
      tried = given.length > 0 && (tried || verdict === "wrong");
      reveal.hidden = !tried || verdict === "right";
      reveal.textContent = say(w.get("shown") ? "hide" : "show");
      answer.hidden = reveal.hidden || !w.get("shown");
      w.body.parentElement.dataset.verdict = verdict;
      document.dispatchEvent(new Event("check-count"));
    };
  },
});

const sentence = ({ says, problem }) => (problem ? say(`problem.${problem.key}`, problem) : says);

function answerOf(question) {
  const answer = say("answer", { answer: answerText(question) });
  const whole = [html("strong", {}, ...worded(answer)), " ", ...worded(question.right)];
  return html("p", { className: "check-answer", role: "status" }, ...whole);
}

function formOf({ heading, question }, field, reveal, { submit, edit }) {
  const onsubmit = (event) => {
    event.preventDefault();
    submit();
  };
  return html(
    "form",
    { onsubmit, oninput: edit },
    html(
      "fieldset",
      {},
      html("legend", {}, html("strong", {}, heading), " ", ...worded(question)),
      html("div", { className: "belt-row" }, field.element, html("button", { type: "submit" }, say("check")), reveal),
    ),
  );
}

/** The page's count, which stands once, under its last check. */
function progressOf(w, field) {
  const forget = button(say("forget"), () => {
    document.dispatchEvent(new Event("check-forget"));
    field.focus();
  });
  const count = html("span");
  const element = html("p", { className: "check-count" }, count, " ", forget);
  const recount = () => {
    const all = [...document.querySelectorAll(".belt-check")];
    element.hidden = all.at(-1) !== w.body.parentElement;
    forget.hidden = !all.some((check) => check.dataset.verdict);
    const right = all.filter((check) => check.dataset.verdict === "right").length;
    count.textContent = say("count", { right, all: all.length });
  };
  document.addEventListener("check-count", recount, { signal: w.signal });
  return element;
}
