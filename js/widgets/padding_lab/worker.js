// Runs in a worker: all networks read the row.
import { serve } from "../../kit/worker.js";
import { answering } from "../../numbers/rows.js";

serve(answering, (answers, request) => answers(request));
