// What is asked of a network aside, in a worker: see js/kit/worker.js.
import { rank } from "./ranking.js";
import { remove } from "./removal.js";

export const WORKS = { rank, remove };
