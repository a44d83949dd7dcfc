"""The answer of the cover's question, computed."""

from lstm_edu.network import shipped

from .shared import computes


@computes("cover-negate")
def cover_negate():
    net = shipped("lstm_32")
    bad, negated = (net.read(f"This film is {words}.") for words in ("bad", "not bad"))
    assert bad.last < 0.5
    *_, before, after_not, after_bad = negated.p
    assert before > after_not > after_bad  # "pushes the answer down, and then 'bad' pushes it down as well"
    return {
        "positive": negated.last > 0.5,
        "between": bad.last < negated.last < 0.5,
        "less": negated.last < bad.last,
    }
