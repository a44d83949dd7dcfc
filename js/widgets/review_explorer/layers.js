// Which layer is looked at, of a network that has several, or several directions.
import say from "words:review_explorer";
import { choice } from "../../kit/dom.js";

/** act: { look(place) } -> { element, draw(view) } */
export function layers(act) {
  const list = choice({ label: say("layer.choose"), options: [], value: "", input: act.look });
  list.element.classList.add("review-layer");
  return {
    element: list.element,
    draw({ network }) {
      const places = network?.places ?? [];
      list.element.hidden = places.length < 2;
      if (list.element.hidden) return;
      list.offer(places.map(([name, kind]) => [name, say("layer.named", { name, kind: say(`layer.${kind}`) })]));
      list.set(network.place);
    },
  };
}
