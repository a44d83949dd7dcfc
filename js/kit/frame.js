// What every widget has: a place in the page, traits shared with Python, a state that a link carries, colours that
// follow the theme, and one drawing for each frame of the screen, always of the last input.
//
//   export default frame({
//     name: "BeltPulse",                   // its class in Python; "belt-pulse" in links
//     title: say("title"),                 // what it is called, in the words of the page
//     linked: { f: share, t: Number },     // the traits that a link carries, and how each is read: (text, first value),
//                                          // throws for what does not fit; the widget then starts as without it
//     mount(w) { ...build in w.body...; return () => { ...draw what w.get says... }; },
//   });
//
// w.body            the element to build in
// w.get(name)       a trait; w.set({ name: value, ... }) changes some, tells Python, and draws in the next frame
// w.model           the anywidget model, for messages
// w.assets          the address of the book's static folder, undefined in a live notebook
// w.id(name)        an id that no other widget on the page has
// w.speak(text)     read out by a screen reader, politely
// w.draw()          draw in the next frame, for what is no trait
// w.later(work)     do what an answer need not wait for in the frame after this one; of two works the last
// w.signal          an AbortSignal, aborted when the widget leaves the page
// w.calm()          true where the reader asked for reduced motion
import say from "words:kit";
import { onTheme, paint } from "./colours.js";
import { button, html } from "./dom.js";
import { keepKeys } from "./keys.js";
import { makeLink, readLink } from "./link.js";
import "./frame.css";

const kebab = (name) => name.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
const asText = (value) => (typeof value === "object" ? JSON.stringify(value) : String(value));
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const COUNTS = "beltCounts"; // on the page's window, since each widget's module has a copy of this file

export function frame({ name, title, linked = {}, mount }) {
  return { render: ({ model, el }) => place({ name, title, linked, mount }, model, el, true) };
}

function place({ name, title, linked, mount }, model, el, useLink) {
  const stop = new AbortController();
  const { signal } = stop;
  const kind = kebab(name);
  const nth = lowestFree(kind);
  const key = nth === 1 ? kind : `${kind}-${nth}`;
  const unique = `${kind}-${(window[COUNTS] = (window[COUNTS] ?? 0) + 1)}`;
  const body = html("div", { className: "belt-body" });
  const spoken = html("p", { className: "belt-spoken", role: "status" });
  const foot = html("div", { className: "belt-foot" });
  const root = html(
    "section",
    {
      className: `belt-widget belt-${kind}`,
      ariaLabel: nth === 1 ? title : say("numbered", { title, n: nth }),
      "data-kind": kind,
      "data-nth": nth,
      onkeydown: keepKeys,
    },
    body,
    foot,
    spoken,
  );
  el.append(root);

  const follow = () => paint(root);
  follow();

  const first = Object.fromEntries(Object.keys(linked).map((trait) => [trait, model.get(trait)]));
  const link = () => {
    const found = readLink(key);
    for (const [trait, text] of Object.entries(found)) {
      if (!(trait in linked)) continue;
      try {
        const value = linked[trait](text, first[trait]);
        if (typeof value !== "number" || Number.isFinite(value)) model.set(trait, value);
      } catch {
        // a link that somebody has cut short or made up
      }
    }
    return Object.keys(found).length > 0;
  };
  const came = useLink && link();

  let pending = 0;
  let drawing = false;
  let redraw = () => {};
  const frameWork = () => {
    pending = 0;
    if (signal.aborted) return;
    drawing = true;
    try {
      redraw();
    } finally {
      drawing = false;
    }
  };
  let rest = null;
  const finish = () => {
    const todo = rest;
    rest = null;
    if (!signal.aborted) todo?.();
  };
  const later = (work) => {
    if (!rest) requestAnimationFrame(finish);
    rest = work;
  };
  addEventListener("beforeprint", finish, { signal });
  const draw = () => drawing || (pending ||= requestAnimationFrame(frameWork)); // what a drawing sets, it has drawn
  const w = {
    body,
    model,
    assets: document.documentElement.dataset.bookAssets,
    signal,
    draw,
    later,
    get: (trait) => model.get(trait),
    set(changes) {
      for (const [trait, value] of Object.entries(changes)) model.set(trait, value);
      model.save_changes();
      draw();
    },
    id: (part) => `${unique}-${part}`,
    speak: (text) => (spoken.textContent = text),
    calm: () => calm.matches,
  };

  try {
    redraw = mount(w) ?? redraw;
    redraw();
  } catch (error) {
    stop.abort();
    root.remove();
    if (!came) throw error;
    for (const [trait, value] of Object.entries(first)) model.set(trait, value);
    return place({ name, title, linked, mount }, model, el, false); // what the link said cannot be shown
  }
  if (Object.keys(linked).length) {
    const state = () => Object.fromEntries(Object.keys(linked).map((trait) => [trait, asText(model.get(trait))]));
    foot.append(
      button(say("link.make"), () => copyLink(makeLink(key, state()), foot, w.speak)),
      button(say("link.again"), () => {
        if (Object.keys(readLink(key)).length) toAddress(makeLink(key, {}));
        w.set(structuredClone(first));
      }),
    );
    const old = () => foot.querySelector(".belt-copied")?.remove(); // it says a state that is gone
    model.on("change", old);
    signal.addEventListener("abort", () => model.off("change", old));
  }
  model.on("change", draw);
  signal.addEventListener("abort", () => model.off("change", draw));
  onTheme(() => {
    follow();
    draw();
  }, signal);
  addEventListener("hashchange", () => link() && draw(), { signal });
  if (came) {
    root.closest('[hidden="until-found"]')?.dispatchEvent(new Event("beforematch")); // what folds it opens, as for a search
    root.scrollIntoView();
  }
  root.dataset.state = "drawn";
  return () => {
    stop.abort();
    cancelAnimationFrame(pending);
    root.remove();
  };
}

/** The number of a new widget among those of its kind on the page: the first that none of them has. */
function lowestFree(kind) {
  const taken = [...document.querySelectorAll(`.belt-widget[data-kind="${kind}"]`)].map(({ dataset }) =>
    Number(dataset.nth),
  );
  let nth = 1;
  while (taken.includes(nth)) nth++;
  return nth;
}

function toAddress(address) {
  try {
    history.replaceState(null, "", address);
  } catch {
    // a live notebook's frame may not; the field below shows the link
  }
}

/** Puts the link into the page's address and on the clipboard, and says so; a field shows it. */
async function copyLink(address, foot, speak) {
  toAddress(address);
  const field = html("input", { className: "belt-link", readOnly: true, ariaLabel: say("link.make") });
  const note = html("span", { ariaHidden: "true" }); // what is said is read out anyway
  foot.querySelector(".belt-copied")?.remove();
  foot.append(html("div", { className: "belt-copied" }, note, field));
  field.value = address;
  const tell = (text) => {
    note.textContent = text;
    speak(text);
  };
  try {
    await navigator.clipboard.writeText(address);
    tell(say("link.copied"));
  } catch {
    field.select();
    tell(say("link.shown"));
  }
}
