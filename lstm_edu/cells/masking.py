"""What a mask says, told once: the loop forth, the loop back and the fast layout ask here.

A step that does not count is done all the same, but hands on the state that it got. Its output repeats the one before
it; before the first step that counts there is none, and it is zero (as in Keras), while the state is still h0.

With `zeros` every output of a step that does not count is zero, and the state waits all the same. Keras calls that
`zero_output_for_mask`; its `Bidirectional` sets it in both layers where it returns sequences.
"""

import numpy as np


def handed_on(counts, made, got):
    """`made` where a step counts, `got` where it does not. counts: booleans that broadcast, None where all count."""
    return made if counts is None else np.where(counts, made, got)


def hand_on(counts, made, state):
    """The same in place: `state` becomes `made` where the step counts."""
    np.copyto(state, made, where=counts)


def outputs(h, mask, zeros):
    """The outputs (B, T, H) of the states h (B, T, H) after each step; mask (B, T) in processing order, or None."""
    return handed_on(None if mask is None else shown(mask, zeros)[:, :, None], h, 0)


def shown(mask, zeros):
    """Where the output is the state (B, T), and not zero."""
    return mask if zeros else np.logical_or.accumulate(mask, axis=1)


def outputs_back(d_outputs, mask, zeros):
    """The way back through `outputs`: the slopes (B, T, H) for what each step made. What a repeated output says is
    counted at the step whose output it repeats; what is zero whatever comes has no slope.
    """
    if mask is None:
        return d_outputs
    if zeros:
        return np.where(mask[:, :, None], d_outputs, 0)
    d_made, d_y = np.empty_like(d_outputs), 0
    for t in reversed(range(d_outputs.shape[1])):
        counts = mask[:, t, None]  # (B, 1)
        d_y = d_y + d_outputs[:, t]  # (B, H), of an output and all that repeat it
        d_made[:, t] = handed_on(counts, d_y, 0)
        d_y = handed_on(counts, 0, d_y)
    return d_made
