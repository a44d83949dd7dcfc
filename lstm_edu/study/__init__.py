"""What the five trained networks do on the 25,000 test reviews, counted: `python -m lstm_edu.runs study`.

    of("accuracy", "f_mean")     an array, the five networks along its last axis
    result()                     all of it, as it is shipped
    facts()                      what prose says of it

`counting.py` goes through the reviews once for all networks; each other file answers one question:

- `forget.py`: the forget gate of each unit over all words: `half_life`, `mean`, over all units the `histogram`;
- `shares.py`: what word, memory and bias bring to the sum of each layer;
- `groups.py`: how far words of a kind move the gates, beside drawn groups of words (`word_groups.py`);
- `singly.py`: the words of these groups one by one, beside other words as frequent;
- `before.py`: what "not" does to the logit when it stands before a word, and what "very" does;
- `units.py`: correlations of the belts, unit by unit, inside a network and between two;
- `memory.py`: two readings of the same words from two different states: what is left of the difference;
- `accuracy.py`: on the reviews as written, on shuffled ones, on their last n words, with a part of the cell held.

And of them and the plain loops, in a file of its own, `python -m lstm_edu.runs reach`:

- `reach.py`: how many words back from the end the slope of the answer reaches.

The first five add up what one network does (`add`) and say it in the end (`result`).
"""

from . import reach
from .results import facts, of, result

__all__ = ["facts", "of", "reach", "result"]
