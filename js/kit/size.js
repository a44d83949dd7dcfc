// How large an element is, known without asking for a layout.

/** -> () => { width, height }, as last seen; where it changes, the widget is drawn. */
export function sizeOf(element, w) {
  let size = { width: element.clientWidth, height: element.clientHeight };
  const watch = new ResizeObserver(([{ contentRect }]) => {
    size = contentRect;
    w.draw();
  });
  watch.observe(element);
  w.signal.addEventListener("abort", () => watch.disconnect());
  return () => size;
}
