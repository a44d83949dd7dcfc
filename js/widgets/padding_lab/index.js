// PaddingLab: one text, padded, cut and masked as the reader says, and what trained networks answer to it.
import say from "words:padding_lab";
import { html, put } from "../../kit/dom.js";
import { frame } from "../../kit/frame.js";
import { whole } from "../../kit/link.js";
import { openAsker } from "./asker.js";
import { list } from "./networks.js";
import { row } from "./row.js";
import { switches } from "./switches.js";
import { textField } from "./text_field.js";
import { tell } from "./tell.js";
import { looker } from "./view.js";
import "./style.css";

export default frame({
  name: "PaddingLab",
  title: say("title"),
  linked: { text: String, maxlen: whole, padding: String, truncating: String, mask: JSON.parse },
  mount,
});

function mount(w) {
  const asker = openAsker(w);
  const look = looker(w, asker);
  const typing = textField(w.get("texts"), (text) => w.set({ text }));
  const setting = switches(w.get("lengths"), w.set);
  const told = html("p", { className: "padding-told", role: "status" });
  const ids = row();
  const networks = list(w.get("networks"), w.set);
  const notice = html("p", { className: "padding-notice", role: "status" });
  w.body.append(
    typing.element,
    setting.element,
    html("p", { className: "padding-head" }, say("row.head")),
    ids.element,
    told,
    html("p", { className: "padding-head" }, say("curve.head")),
    html("p", { className: "padding-note" }, say("curve.note")),
    networks.element,
    notice,
  );

  return () => {
    const state = look();
    typing.draw(state.text);
    setting.draw(state.rows);
    ids.draw(state);
    put(told, tell(state));
    networks.draw(state);
    put(notice, asker.trouble() ? say("trouble") : state.shown ? "" : say("loading"));
    notice.hidden = !notice.textContent;
    w.later(() => ids.reveal(state));
  };
}
