import { number } from "../../kit/dom.js";

/** A number of the belt for the eye; no zero has a minus. */
export const signed = (value, digits = 0) => number(value || 0, digits);
