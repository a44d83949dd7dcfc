// Runs in a worker: long work about a network.
import { serve } from "../../kit/worker.js";
import { openNetwork } from "../../numbers/network.js";
import { WORKS } from "../../numbers/works.js";

serve(
  ({ pack, work, place }) => ({ network: openNetwork(pack).at(place), work: WORKS[work] }),
  ({ network, work }, request, how) => work(network, request, how),
);
