// The three cells of the book beside each other, with what can be asked of each.
import { gru, lstm, simpleRnn } from "./cells.js";

/**
 * blocks: of the columns; parts: what there is to look at; gates: what can be held, and the ends of its range;
 * kept: the part that goes on from step to step; keeps: the gate that says how much of it does, null for none
 */
export const KINDS = {
  lstm: {
    ...lstm,
    parts: [...lstm.blocks, "c", "h"],
    gates: { f: [0, 1], i: [0, 1], g: [-1, 1], o: [0, 1] },
    kept: "c",
    keeps: "f",
  },
  gru: { ...gru, parts: [...gru.blocks, "h"], gates: { z: [0, 1], r: [0, 1], g: [-1, 1] }, kept: "h", keeps: "z" },
  simple_rnn: { ...simpleRnn, blocks: "h", parts: ["h"], gates: {}, kept: "h", keeps: null },
};
