// In a notebook JupyterLab would take arrow keys and Enter for itself, from everything that is no field for text.

/** A keydown listener: what is pressed in a widget stays there, but for shortcuts with Ctrl, Alt or Cmd. */
export function keepKeys(event) {
  if (!event.ctrlKey && !event.altKey && !event.metaKey) event.stopPropagation();
}
