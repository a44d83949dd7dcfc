import { html, slider } from "./core/dom.js";
import { frame } from "./core/frame.js";

export default frame({
  name: "BeltPulse",
  title: "A value on the belt",
  linked: { f: Number },
  mount(w) {
    const f = slider({
      label: "forget gate f",
      min: 0,
      max: 1,
      step: 0.01,
      value: w.get("f"),
      input: (v) => w.set({ f: v }),
    });
    const out = html("p");
    w.body.append(f.element, out);
    return () => {
      f.set(w.get("f"));
      out.textContent = `after 10 steps ${(w.get("f") ** 10).toFixed(4)}`;
    };
  },
});
