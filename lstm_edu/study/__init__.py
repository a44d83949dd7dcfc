"""What the five trained networks do on the 25,000 test reviews, counted: `python -m lstm_edu.runs study`.

    of("accuracy", "f_mean")     an array, the five networks along its last axis
    result()                     all of it, as it is shipped
    facts()                      what prose says of it

`counting.py` goes through the reviews once for all networks, and then asks each network the rest, several at a time;
each other file answers one question. In the pass, what one network does is added up (`add`) and said in the end
(`result`):

- `forget.py`: the forget gate of each unit over all words: `half_life`, `mean`, over all units the `histogram`;
- `shares.py`: what word, memory and bias bring to the sum of each layer;
- `groups.py`: how far words of a kind move the gates, beside drawn groups of words (`word_groups.py`);
- `singly.py`: the words of these groups one by one, beside other words as frequent;
- `before.py`: what "not" does to the logit when it stands before a word, and what "very" does;
- `frequent.py`: all frequent words one by one: how much of the belt and of the opinion is let go at each;
- `units.py`: correlations of the belts, inside a network and between two: of units, and of directions.

Afterwards, of one network:

- `memory.py`: two readings of the same words from two different states: what is left of the difference (`fading.py`);
- `fresh.py`: the same of a network that nobody has trained;
- `ways.py`: the same, with the ways from c_{t-1} to c_t cut one after the other;
- `carried.py`: what carries a small difference over one word: the belt, the candidate, or the gates (`tangent.py`);
- `one_word.py`: how long one word lasts;
- `rest.py`: where the network comes to rest when it reads one word for ever, and how slowly: a line of opinion;
- `plane.py`: the states of some reviews in two directions, word by word;
- `pairs.py`: what "not" and "very" add before praise and before scorn, on the same states;
- `but.py`: what "but" does to the answer, and which gate does it;
- `accuracy.py`: on the reviews as written, on shuffled ones, on their last n words, with a part of the cell held, cut,
  or lent by another review (`lent.py`).

And of the networks of the experiment `belt`, in a file of its own, by the same command:

- `belt.py`: how long belt and cell keep a difference.

And of the five and the plain loops, in a file of its own, `python -m lstm_edu.runs reach`:

- `reach.py`: how many words back from the end the slope of the answer reaches.

And of runs whose trained arrays a sweep has kept (`saved.py`), in files of their own, `python -m lstm_edu.runs order`
and `first_word`:

- `order.py`: what accuracy is left where the words of the test reviews stand in another order;
- `first_word.py`: how much of the answer's slope reaches the first word.

And of models that it trains itself, in a file of its own, `python -m lstm_edu.runs same_films`:

- `same_films.py`: how much easier reviews are of films whose other reviews a model knows.
"""

from . import belt, first_word, order, reach, same_films
from .results import facts, of, result

__all__ = ["belt", "facts", "first_word", "of", "order", "reach", "result", "same_films"]
