// How each curve is drawn, so that none is told by its colour alone; and where the pictures begin and end.

export const LEFT = 52; // pixels beside the steps, for the names of rows and values
export const RIGHT = 10;

/** The names of the curves, in their order: the role of their colour, their dashes, and what they are a part of. */
export const LINES = {
  simple_rnn: { role: "h", dashes: "" },
  lstm: { role: "c", dashes: "" },
  belt: { role: "f", dashes: "7 4", part: true },
  detour: { role: "g", dashes: "2 4", part: true },
  gru: { role: "o", dashes: "10 3 2 3" },
};
