"""Check: what a person may type is read or refused with a sentence, a wrong answer is named, and progress is kept."""

import html
import re

import pytest
from widget_checks import overflow, violations

from lstm_edu.widgets import Check
from lstm_edu.widgets.check import questions
from lstm_edu.words import Words

READ = """
import { answerText, judge, readArray, readNumber } from "./numbers/answers.js";
const { numbers = [], arrays = [], judged = [], shown = [] } = data;
give({
  numbers: numbers.map(([text, unit]) => readNumber(text, unit)),
  arrays: arrays.map(readArray),
  judged: judged.map(([question, given]) => judge(question, given)),
  shown: shown.map(answerText),
});
"""


def whole(name):
    return Check(name).question


def said(problem):
    """The sentence of a problem, as the page says it."""
    key = problem.pop("key")
    return Words("check")(f"problem.{key}", **problem)


def typed(question, value):
    """The texts with which a person gives this answer."""
    if question["kind"] == "several":
        return value
    return [" ".join(map(str, value)) if question["kind"] == "array" else str(value)]


# --- reading and judging, without a page ------------------------------------------------------------------------------

NUMBERS = {
    "8,320": 8320,
    "8320": 8320,
    "8 320": 8320,
    "8\u202f320": 8320,
    "8'320": 8320,
    "8_320": 8320,
    "1,066,000": 1066000,
    "12,500.5": 12500.5,
    "1e-3": 0.001,
    "1E3": 1000,
    " .5 ": 0.5,
    "5.": 5,
    "+2": 2,
    "-0.258": -0.258,
    "\u22120.258": -0.258,
    "1/3": 1 / 3,
    "-1 / 8": -0.125,
    "8,320/2": 4160,
    "88%": 0.88,
    "12.5 %": 0.125,
    "0": 0,
}
NO_NUMBERS = {
    "0,5": "0.5",  # what to write instead stands in the message
    "0,125": "0.125",
    "3,14": "3.14",
    "1,2345": "1.2345",
    "1/0": "below its line",
    "": "8320",
    "  ": "8320",
    "/": "8320",
    "1/2/3": "8320",
    "eight": "8320",
    "0x10": "8320",
    "Infinity": "8320",
    "NaN": "8320",
    "1e999": "8320",
    "1e999/1e999": "8320",
    "10²": "8320",
    "8.320,5": "8320",
    "--5": "8320",
    "5%%": "8320",
    "<b>5</b>": "8320",
    "四": "8320",
    "__proto__": "8320",
    "9" * 400: "8320",
}


def test_a_number_is_read_as_a_person_means_it(node):
    read = node(READ, {"numbers": [[text, ""] for text in NUMBERS]})["numbers"]
    assert {text: found.get("value") for text, found in zip(NUMBERS, read, strict=True)} == pytest.approx(
        NUMBERS,
        rel=1e-15,  # a division, or a hundredth
    )


def test_what_is_no_number_is_refused_with_a_sentence(node):
    read = node(READ, {"numbers": [[text, ""] for text in NO_NUMBERS]})["numbers"]
    for (text, told), found in zip(NO_NUMBERS.items(), read, strict=True):
        assert "value" not in found and told in said(found["problem"]), (text, found)


def test_the_unit_may_stand_behind_the_number(node):
    asked = [["2.2 steps", "steps"], ["2.2steps", "steps"], ["88%", "%"], ["88", "%"], ["steps", "steps"]]
    *read, empty = node(READ, {"numbers": asked})["numbers"]
    assert [found["value"] for found in read] == [2.2, 2.2, 88, 88] and "problem" in empty


ARRAYS = {
    "1 2 3": [1, 2, 3],
    "[1, 2, 3]": [1, 2, 3],
    "(3,4)": [3, 4],
    "(4,)": [4],
    "7": [7],
    "()": [],
    "[1. 2.5]": [1, 2.5],
    "[[1, 2], [3, 4]]": [1, 2, 3, 4],
    "np.array([1, -2])": [1, -2],
    "array([1e-3; 1/4])": [0.001, 0.25],
    "2 x 100": [2, 100],
    "2×100": [2, 100],
    "\u22121, 50%": [-1, 0.5],
    "8,320": [8, 320],  # here a comma parts
}


def test_an_array_is_read_in_each_way_to_write_it(node):
    read = node(READ, {"arrays": list(ARRAYS)})["arrays"]
    assert {text: found.get("value") for text, found in zip(ARRAYS, read, strict=True)} == ARRAYS


@pytest.mark.parametrize("text", ["", " , ", "(B, H)", "1 two 3", "[1, <img>]", "1 1/0", "1 2\u0000", "NaN 1"])
def test_what_is_no_array_is_refused_with_a_sentence(node, text):
    (found,) = node(READ, {"arrays": [text]})["arrays"]
    assert "value" not in found and said(found["problem"]).startswith(("“", "Type"))


@pytest.mark.parametrize("name", questions())
def test_every_answer_is_right_every_wrong_one_named_and_all_others_get_the_hint(node, name):
    question = whole(name)
    kind, wrong = question["kind"], question["wrong"]
    given = [question["answer"], *(entry["value"] for entry in wrong)]
    asked = [[question, typed(question, value)] for value in given] + [[question, []]]
    if kind in ("number", "array"):
        asked.append([question, ["987654321"]])
    first, *rest = node(READ, {"judged": asked})["judged"]
    assert first == {"verdict": "right", "says": question["right"]}
    assert rest[: len(wrong)] == [{"verdict": "wrong", "says": entry["says"]} for entry in wrong]
    assert rest[len(wrong)] == {"verdict": "", "says": ""}
    assert rest[len(wrong) + 1 :] in ([], [{"verdict": "wrong", "says": question["hint"]}])
    assert "undefined" not in node(READ, {"shown": [question]})["shown"][0]


def test_the_tolerance_decides(node):
    question = whole("belt-start")
    low, high = question["answer"] - question["tolerance"], question["answer"] + question["tolerance"]
    asked = [low - 0.01, low, high, high + 0.01]
    judged = node(READ, {"judged": [[question, [f"{value:.2f}"]] for value in asked]})["judged"]
    assert [one["verdict"] for one in judged] == ["wrong", "right", "right", "wrong"]


def test_a_text_that_is_no_choice_is_told_so(node):
    (judged,) = node(READ, {"judged": [[whole("gates-held"), ["the 3"]]]})["judged"]
    assert judged["verdict"] == "unread" and "the 3" in said(judged["problem"])


def test_an_answer_is_shown_as_one_writes_it(node):
    shown = node(
        READ, {"shown": [whole(name) for name in ("count-lstm", "loop-broadcast", "belt-start", "loop-changes")]}
    )
    assert shown["shown"] == ["8,320 parameters", "(2, 4)", "2.2 steps", "the state"]


# --- Python -----------------------------------------------------------------------------------------------------------


# --- the page ---------------------------------------------------------------------------------------------------------

NUMBER, CHOICE, SEVERAL, ARRAY = "count-lstm", "gates-held", "loop-changes", "loop-broadcast"


def answered(page, nth=0):
    return page.locator(".belt-check").nth(nth)


def says(page, verdict, nth=0):
    """What stands under a check, once it is so judged and said; a new answer takes away what was said before."""
    check = answered(page, nth)
    page.wait_for_function(
        """([check, verdict]) => check.dataset.verdict === verdict &&
           (check.querySelector(".check-says").textContent !== "") === (verdict !== "")""",
        arg=[check.element_handle(), verdict],
    )
    return check.locator(".check-says").inner_text()


def test_a_number_by_keyboard_from_a_wrong_one_to_the_right_one(widget_page):
    page = widget_page(Check(NUMBER))
    page.keyboard.press("Tab")
    for typed, verdict, told in [
        ("", "unread", "Type a number"),
        ("0,5", "unread", "0.5"),
        ("8,192", "wrong", "without the biases"),
        ("8448", "wrong", "PyTorch's second bias"),
        ("2 080", "wrong", "SimpleRNN"),
        ("7", "wrong", "formula"),
        ("8,320", "right", "four matrices"),
    ]:
        field = page.get_by_label("your number")
        assert field.evaluate("(field) => field === document.activeElement")
        field.fill(typed)
        page.keyboard.press("Enter")
        assert told in says(page, verdict)
    assert page.get_by_role("status").filter(has_text="Right.").is_visible()
    assert not page.get_by_role("button", name="the answer").is_visible()
    assert page.wrong == []


def test_the_answer_is_shown_after_a_try_and_hidden_again(widget_page):
    page = widget_page(Check(NUMBER))
    show = page.get_by_role("button", name="Show the answer")
    assert not show.is_visible()
    page.get_by_label("your number").fill("x")
    page.keyboard.press("Enter")
    says(page, "unread")
    assert not show.is_visible()  # nothing has been tried yet
    page.get_by_label("your number").fill("12")
    page.keyboard.press("Enter")
    says(page, "wrong")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".check-answer").wait_for()
    assert page.locator(".check-answer").inner_text().startswith("8,320 parameters.")
    hide = page.get_by_role("button", name="Hide the answer")
    assert hide.evaluate("(button) => button === document.activeElement")
    hide.press("Enter")
    page.locator(".check-answer").wait_for(state="hidden")


def test_choices_by_the_arrow_keys_and_by_ticks(widget_page):
    page = widget_page(Check(CHOICE), Check(SEVERAL))
    one, several = answered(page, 0), answered(page, 1)
    one.get_by_role("button", name="Check", exact=True).click()
    assert one.locator(".check-says").inner_text() == "Pick an answer first."
    one.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert "Nothing clears" not in says(page, "wrong", 0) and "as it should be" in says(page, "wrong", 0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert "Nothing clears the belt" in says(page, "right", 0)
    for box in several.get_by_role("checkbox").all():
        box.check()
    several.get_by_role("button", name="Check", exact=True).click()
    assert "to adjust the weights" in says(page, "wrong", 1)
    for box in several.get_by_role("checkbox").all()[:3]:
        box.focus()
        page.keyboard.press("Space")
    several.get_by_role("button", name="Check", exact=True).click()
    assert "Right." in says(page, "right", 1)
    assert several.locator(".check-count span").inner_text() == "On this page: 2 of 2 right."
    assert page.wrong == []


def test_progress_is_kept_counted_and_forgotten(widget_page):
    page = widget_page(Check(NUMBER), Check(ARRAY), Check(CHOICE))
    count = page.locator(".check-count:visible span")  # one, at the last check
    forget = page.get_by_role("button", name="Forget my answers on this page")
    assert count.all_inner_texts() == ["On this page: 0 of 3 right."] and forget.count() == 0
    answered(page, 0).locator("input").fill("8320")
    page.keyboard.press("Enter")
    says(page, "right", 0)
    page.get_by_label("your numbers").fill("(4,)")
    page.keyboard.press("Enter")
    assert "before the step" in says(page, "wrong", 1)
    answered(page, 1).get_by_role("button", name="Show the answer").click()
    answered(page, 1).locator(".check-answer").wait_for()
    page.reload()
    page.wait_for_function("document.documentElement.dataset.widgets === 'ready'")
    assert "four matrices" in says(page, "right", 0) and "before the step" in says(page, "wrong", 1)
    assert answered(page, 0).locator("input").input_value() == "8320"
    assert answered(page, 1).locator(".check-answer").is_visible()
    assert count.all_inner_texts() == ["On this page: 1 of 3 right."]
    assert answered(page, 2).locator(".check-count").is_visible() and forget.count() == 1
    forget.press("Enter")
    says(page, "", 0), says(page, "", 1)
    assert answered(page, 2).get_by_role("radio").first.evaluate("(field) => field === document.activeElement")
    assert page.locator(".check-entry input").evaluate_all("(fields) => fields.every((field) => !field.value)")
    assert count.all_inner_texts() == ["On this page: 0 of 3 right."] and forget.count() == 0
    assert page.evaluate("localStorage.length") == 0
    assert page.wrong == []


@pytest.mark.parametrize(
    "storage",
    [
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })",
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
        f"localStorage.setItem('the-conveyor-belt:check:{NUMBER}', '{{')",
        f"localStorage.setItem('the-conveyor-belt:check:{NUMBER}', 'null')",
        f"localStorage.setItem('the-conveyor-belt:check:{NUMBER}', '{{\"given\": [1], \"shown\": 7}}')",
    ],
    ids=["refused", "full", "cut short", "null", "not ours"],
)
def test_storage_that_is_refused_or_spoilt_does_no_harm(widget_page, storage):
    page = widget_page(Check(NUMBER))
    page.add_init_script(storage)
    page.reload()
    page.wait_for_function("document.documentElement.dataset.widgets === 'ready'")
    assert answered(page).get_attribute("data-verdict") == ""
    page.get_by_label("your number").fill("8320")
    page.keyboard.press("Enter")
    says(page, "right")
    assert page.wrong == []


def test_the_same_wrong_answer_is_said_again(widget_page):
    page = widget_page(Check(NUMBER))
    page.evaluate("""() => {
        window.changes = 0;
        new MutationObserver(() => window.changes++).observe(
          document.querySelector(".check-says"), { childList: true });
    }""")
    page.get_by_label("your number").fill("8192")
    for times in (1, 2):
        page.keyboard.press("Enter")
        page.wait_for_function("(times) => window.changes >= times", arg=times)
    assert says(page, "wrong").strip().startswith("No.")


def test_a_verdict_goes_when_the_answer_is_changed_and_still_counts(widget_page):
    page = widget_page(Check(NUMBER), Check(CHOICE))
    answered(page, 0).locator("input").fill("8320")
    page.keyboard.press("Enter")
    assert "Right." in says(page, "right", 0)
    page.keyboard.type("7")
    assert page.get_by_label("your number").input_value() == "83207"
    assert answered(page, 0).locator(".check-says").inner_text() == ""
    answered(page, 1).get_by_role("button", name="Check", exact=True).click()
    assert answered(page, 1).locator(".check-says").inner_text() == "Pick an answer first."
    answered(page, 1).get_by_role("radio").first.check()
    assert answered(page, 1).locator(".check-says").inner_text() == ""
    page.evaluate("document.documentElement.dataset.theme = 'dark'")  # is drawn anew, and says nothing
    page.keyboard.press("Enter")
    says(page, "wrong", 1)
    assert answered(page, 0).locator(".check-says").inner_text() == ""
    assert page.locator(".check-count:visible span").inner_text() == "On this page: 1 of 2 right."
    answered(page, 0).get_by_role("button", name="Check", exact=True).click()
    assert "No." in says(page, "wrong", 0)


# Types or ticks each answer, checks it, and gives back the HTML of what is said; the answer is shown in the end.
ANSWERED = """async ([nth, given]) => {
  const check = document.querySelectorAll(".belt-check")[nth];
  const [says, form] = [check.querySelector(".check-says"), check.querySelector("form")];
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const said = [];
  for (const texts of given) {
    for (const input of form.querySelectorAll("input")) {
      if (input.type === "text") input.value = texts[0];
      else input.checked = texts.includes(input.value);
    }
    form.dispatchEvent(new Event("input"));
    form.requestSubmit();
    for (let k = 0; k < 60 && !says.textContent; k++) await frame();
    said.push(says.innerHTML);
  }
  [...form.querySelectorAll("button")].at(-1).click();
  for (let k = 0; k < 60 && check.querySelector(".check-answer").hidden; k++) await frame();
  return [form.querySelector("fieldset").innerText, check.querySelector(".check-answer").innerHTML, ...said];
}"""


@pytest.mark.parametrize("chapter", sorted({question["chapter"] for question in questions().values()}))
def test_each_message_of_a_chapter_stands_on_its_page_without_markup(widget_page, chapter):
    asked = [whole(name) for name, question in questions().items() if question["chapter"] == chapter]
    page = widget_page(*(Check(question["id"]) for question in asked))
    for nth, question in enumerate(asked):
        wrong = question["wrong"]
        given = [typed(question, value) for value in (question["answer"], *(entry["value"] for entry in wrong))]
        shown, answer, *said = page.evaluate(ANSWERED, [nth, given])
        assert [text.count("<svg") for text in said] == [1] * len(given)  # the sign is drawn
        said = [re.sub(r"<svg.*</svg> ", "", text) for text in said]
        heard = [re.sub(r"</?(strong|code)>", "", text) for text in said]
        told = [f"Right. {question['right']}", *(f"No. {entry['says']}" for entry in wrong)]
        assert [html.unescape(text) for text in heard] == [text.replace("`", "") for text in told]
        assert [text.count("<code>") for text in said] == [text.count("`") / 2 for text in told]
        assert answer.endswith(said[0].removeprefix("<strong>Right.</strong>"))
        assert not re.search(
            r"[`<>\\]|undefined|NaN", shown + re.sub(r"</?(strong|code)>", "", "".join([answer, *said]))
        )
    assert page.locator(".check-count:visible span").inner_text().startswith("On this page: 0 of")
    assert page.wrong == []


def test_an_answer_that_is_code_is_shown_as_code(widget_page):
    page = widget_page(Check("loop-reset"))
    page.get_by_role("radio").last.check()
    page.keyboard.press("Enter")
    says(page, "wrong")
    page.get_by_role("button", name="Show the answer").click()
    page.locator(".check-answer:not([hidden])").wait_for()
    strong = page.locator(".check-answer strong")
    assert strong.inner_html() == "<code>h = np.zeros(H)</code> goes inside the outer loop."


def test_what_was_typed_stays_text(widget_page):
    page = widget_page(Check(ARRAY))
    page.get_by_label("your numbers").fill("<img src=x onerror=alert(1)>")
    page.keyboard.press("Enter")
    assert "“<img” is no number" in says(page, "unread")
    assert page.locator(".belt-check img").count() == 0 and page.wrong == []


def test_what_python_gives_is_judged(widget_page):
    check = Check(NUMBER)
    check.given = ["8192"]
    page = widget_page(check)
    assert "without the biases" in says(page, "wrong")
    assert page.get_by_label("your number").input_value() == "8192"


def test_without_scripts_the_question_and_its_choices_stand_there(widget_page):
    page = widget_page(Check(CHOICE), Check(NUMBER), java_script_enabled=False)
    stills = page.locator(".belt-still")
    assert [row.inner_text() for row in stills.first.locator("li").all()] == whole(CHOICE)["choices"]
    assert "Guess first." in stills.first.inner_text() and "is below" in stills.last.inner_text()
    assert stills.last.locator("code").inner_text() == "LSTM(32)"
    assert page.locator(".belt-check").count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 800])
def test_axe_finds_nothing_and_a_narrow_page_does_not_scroll(widget_page, theme, width):
    page = widget_page(
        *map(Check, (NUMBER, ARRAY, CHOICE, SEVERAL, "imdb-six", "matrices-fresh")), theme=theme, width=width
    )
    for nth, typed in enumerate(("8192", "2 4")):
        answered(page, nth).locator("input").fill(typed)
        page.keyboard.press("Enter")
    says(page, "wrong", 0), says(page, "right", 1)
    answered(page, 0).get_by_role("button", name="Show the answer").click()
    page.locator(".check-answer:not([hidden])").wait_for()
    assert violations(page) == [] and overflow(page) <= 0 and page.wrong == []
