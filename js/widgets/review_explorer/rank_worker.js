// Runs in a worker: which gate at which word mattered most.
import { serve } from "../../kit/worker.js";
import { openNetwork } from "../../numbers/network.js";
import { rank } from "../../numbers/ranking.js";

serve(openNetwork, rank);
