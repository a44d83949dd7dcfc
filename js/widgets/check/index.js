import { answerText, judge } from "../../numbers/answers.js";
import { button, html } from "../../kit/dom.js";
import { frame } from "../../kit/frame.js";
import "./style.css";

// What was given stays in the browser, a key for each question; where it keeps nothing, it lasts as long as the page.
const keep = {
  key: (id) => `the-conveyor-belt:check:${id}`,
  read(id) {
    try {
      const { given, shown } = JSON.parse(localStorage.getItem(this.key(id))) ?? {};
      const texts = Array.isArray(given) && given.every((text) => typeof text === "string");
      return texts ? { given, shown: shown === true } : null;
    } catch {
      return null;
    }
  },
  write(id, state) {
    try {
      if (state) localStorage.setItem(this.key(id), JSON.stringify(state));
      else localStorage.removeItem(this.key(id));
    } catch {
      // refused: nothing is kept
    }
  },
};

const VERDICTS = { right: "✓ Right.", wrong: "✗ No.", unread: "Not read." };

/** A text whose `code` between backticks is set as code. */
const worded = (text) => text.split("`").map((part, k) => (k % 2 ? html("code", {}, part) : part));

/** The field for a number or an array. -> { element, read() -> [text], write([text]), focus() } */
function entry({ kind, unit, tolerance }) {
  const input = html("input", { type: "text", autocomplete: "off", spellcheck: false, maxLength: 200 });
  const asked = kind === "array" ? "your numbers" : "your number";
  return {
    element: html(
      "label",
      { className: "check-entry" },
      html("span", {}, tolerance ? `${asked}, ± ${tolerance}` : asked),
      input,
      unit ? html("span", {}, unit) : null,
    ),
    read: () => [input.value],
    write: ([text = ""]) => (input.value = text),
    focus: () => input.focus(),
  };
}

/** The choices, of which one or several can be picked; the same four parts. */
function choices({ kind, choices }, name) {
  const type = kind === "several" ? "checkbox" : "radio";
  const inputs = choices.map((value) => html("input", { type, name, value }));
  const long = choices.some((text) => text.length > 24);
  return {
    element: html(
      "div",
      { className: `check-choices ${long ? "check-long" : ""}` },
      ...inputs.map((input) =>
        html("label", { className: "belt-tick" }, input, html("span", {}, ...worded(input.value))),
      ),
    ),
    read: () => inputs.filter((input) => input.checked).map((input) => input.value),
    write: (given) => inputs.forEach((input) => (input.checked = given.includes(input.value))),
    focus: () => inputs[0].focus(),
  };
}

export default frame({
  name: "Check",
  title: "Check",
  mount(w) {
    const question = w.get("question");
    const field = question.choices ? choices(question, w.id("choice")) : entry(question);
    const says = html("p", { className: "check-says", role: "status" });
    const whole = [html("strong", {}, ...worded(`${answerText(question)}.`)), " ", ...worded(question.right)];
    const answer = html("p", { className: "check-answer", role: "status" }, ...whole);
    const reveal = button("", () => give({ shown: !w.get("shown") }));
    const forget = button("Forget my answers on this page", () => {
      document.dispatchEvent(new Event("check-forget"));
      field.focus();
    });
    const count = html("span");
    const foot = html("p", { className: "check-count" }, count, " ", forget);
    let [tried, said, written, edited] = [false, "", [], false];
    const ask = [html("strong", {}, question.heading), " ", ...worded(question.question)];
    const form = html(
      "form",
      { onsubmit: submit, oninput: edit },
      html(
        "fieldset",
        {},
        html("legend", {}, ...ask),
        html("div", { className: "belt-row" }, field.element, html("button", { type: "submit" }, "Check"), reveal),
      ),
    );
    w.body.append(form, says, answer, foot);

    /** What was said is about the answer before, which still counts. */
    function edit() {
      [said, edited] = ["", true];
      says.replaceChildren();
    }

    function submit(event) {
      event.preventDefault();
      const given = field.read();
      said = ""; // said anew, even if it is the same as before
      says.replaceChildren(...(given.length ? [] : ["Pick an answer first."]));
      if (given.length) give({ given, shown: false });
    }

    function give(state) {
      w.set(state);
      keep.write(question.id, { given: w.get("given"), shown: w.get("shown") });
    }

    /** The page's count stands once, under its last check. */
    function recount() {
      const all = [...document.querySelectorAll(".belt-check")];
      foot.hidden = all.at(-1) !== w.body.parentElement;
      forget.hidden = !all.some((check) => check.dataset.verdict);
      const right = all.filter((check) => check.dataset.verdict === "right").length;
      count.textContent = `On this page: ${right} of ${all.length} right.`;
    }

    document.addEventListener("check-count", recount, { signal: w.signal });
    document.addEventListener(
      "check-forget",
      () => {
        w.set({ given: [], shown: false });
        keep.write(question.id, null);
      },
      { signal: w.signal },
    );
    const kept = keep.read(question.id);
    if (kept && !w.get("given").length) w.set(kept);

    return () => {
      const given = w.get("given");
      const judged = judge(question, given);
      if (judged.verdict !== w.get("verdict")) w.set({ verdict: judged.verdict });
      if (given !== written) {
        field.write((written = given));
        edited = false;
      }
      if (!edited && judged.says !== said) {
        said = judged.says;
        const rest = judged.verdict === "unread" ? [said] : worded(said); // what was typed is set as it was typed
        says.replaceChildren(...(said ? [html("strong", {}, VERDICTS[judged.verdict]), " ", ...rest] : []));
      }
      tried = given.length > 0 && (tried || judged.verdict === "wrong");
      reveal.hidden = !tried || judged.verdict === "right";
      reveal.textContent = w.get("shown") ? "Hide the answer" : "Show the answer";
      answer.hidden = reveal.hidden || !w.get("shown");
      w.body.parentElement.dataset.verdict = judged.verdict;
      document.dispatchEvent(new Event("check-count"));
    };
  },
});
