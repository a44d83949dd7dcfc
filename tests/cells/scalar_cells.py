"""The cells once more, number by number: no array, no matrix product, `math.exp` alone. Slow, and hard to get wrong.

An oracle for the NumPy cells that shares no line with them. A unit's equations get `s[k]`, the weighted sum of block k
for this unit, and the unit's old belt c; they return what the trace calls by those names.
"""

from math import exp

# --- the curves ---------------------------------------------------------------------------------------------------


def sigmoid(z):
    return 1 / (1 + exp(-z)) if z >= 0 else exp(z) / (1 + exp(z))


def tanh(z):
    return 2 * sigmoid(2 * z) - 1


CURVES = {
    "tanh": tanh,
    "sigmoid": sigmoid,
    "hard_sigmoid": lambda z: min(max(z / 6 + 0.5, 0), 1),
    "hard_sigmoid_keras2": lambda z: min(max(z / 5 + 0.5, 0), 1),
    "relu": lambda z: max(z, 0),
    "softsign": lambda z: z / (1 + abs(z)),
    "linear": lambda z: z,
}

# --- the equations of one unit; a and b are the activation and the gates' ------------------------------------------


def lstm(s, c, a, b):
    i, f, g, o = b(s[0]), b(s[1]), a(s[2]), b(s[3])
    c = f * c + i * g
    return {"i": i, "f": f, "g": g, "o": o, "c": c, "h": o * a(c)}


def no_tanh(s, c, a, b):
    parts = lstm(s, c, a, b)
    return parts | {"h": parts["o"] * parts["c"]}


def no_forget_gate(s, c, a, b):
    i, g, o = b(s[0]), a(s[1]), b(s[2])
    c = c + i * g
    return {"i": i, "f": 1, "g": g, "o": o, "c": c, "h": o * a(c)}


def cifg(s, c, a, b):
    i, g, o = b(s[0]), a(s[1]), b(s[2])
    c = (1 - i) * c + i * g
    return {"i": i, "f": 1 - i, "g": g, "o": o, "c": c, "h": o * a(c)}


def peephole(s, c, a, b, p_i, p_f, p_o):
    i, f, g = b(s[0] + p_i * c), b(s[1] + p_f * c), a(s[2])
    c = f * c + i * g
    o = b(s[3] + p_o * c)
    return {"i": i, "f": f, "g": g, "o": o, "c": c, "h": o * a(c)}


def chollet(s, c, a, from_belt):
    i, f, g, h = a(s[0]), a(s[1]), a(s[2]), a(s[3] + from_belt)
    return {"i": i, "f": f, "g": g, "o": h, "c": f * c + i * g, "h": h}


# --- the loops: over the units, over the steps, over the batch ------------------------------------------------------


def turn(name, w, x, h, c, a, b, reset_after):
    """One step of one sequence: lists x (D), h and c (H) give {name: list (H)}."""
    units = range(len(h))

    def dot(vector, matrix, column):
        return sum(value * row[column] for value, row in zip(vector, matrix, strict=True))

    def sums(u):
        columns = range(u, len(w["kernel"][0]), len(h))
        return [dot(x, w["kernel"], k) + dot(h, w["recurrent_kernel"], k) + w["bias"][k] for k in columns]

    if name == "simple_rnn":
        return {"h": [a(sums(u)[0]) for u in units]}
    if name == "gru":
        return gru(w, x, h, a, b, reset_after, dot)
    if name == "chollet":
        by_unit = [chollet(sums(u), c[u], a, dot(c, w["carry_kernel"], u)) for u in units]
    elif name == "peephole":
        by_unit = [peephole(sums(u), c[u], a, b, *(row[u] for row in w["peephole"])) for u in units]
    else:
        by_unit = [globals()[name](sums(u), c[u], a, b) for u in units]
    return {part: [unit[part] for unit in by_unit] for part in by_unit[0]}


def gru(w, x, h, a, b, reset_after, dot):
    """A GRU's units see each other's reset gates where these come before the product, so all go side by side."""
    H, kernel, recurrent = len(h), w["kernel"], w["recurrent_kernel"]
    outer, inner = w["bias"] if reset_after else (w["bias"], [0.0] * 3 * H)
    units = range(H)
    z = [b(dot(x, kernel, u) + outer[u] + dot(h, recurrent, u) + inner[u]) for u in units]
    r = [b(dot(x, kernel, H + u) + outer[H + u] + dot(h, recurrent, H + u) + inner[H + u]) for u in units]
    g = []
    for u in units:
        column = 2 * H + u
        if reset_after:
            seen = r[u] * (dot(h, recurrent, column) + inner[column])
        else:
            seen = dot([r[v] * h[v] for v in units], recurrent, column)
        g.append(a(dot(x, kernel, column) + outer[column] + seen))
    return {"z": z, "r": r, "g": g, "h": [z[u] * h[u] + (1 - z[u]) * g[u] for u in units]}


def run(
    name,
    weights,
    x,
    h0,
    c0,
    mask,
    go_backwards,
    activation,
    recurrent_activation,
    reset_after=True,
    zero_output_for_mask=False,
):
    """Lists x (B, T, D), h0 and c0 (B, H), mask (B, T) give {name: list (B, T, H)}, rows in processing order,
    `h` the outputs, and the last h and c (B, H) as `h_state`, `c_state`."""
    curves = CURVES[activation], CURVES[recurrent_activation]
    result = {}
    for steps, counts, h, c in zip(x, mask, h0, c0, strict=True):
        y, rows = [0.0] * len(h), []
        order = reversed(range(len(steps))) if go_backwards else range(len(steps))
        for t in order:
            parts = turn(name, weights, steps[t], h, c, *curves, reset_after)
            if counts[t]:
                y = h = parts["h"]
                c = parts.get("c", c)
            elif zero_output_for_mask:
                y = [0.0] * len(h)
            rows.append(parts | {"h": y} | ({"c": c} if "c" in parts else {}))
        for part in rows[0]:
            result.setdefault(part, []).append([row[part] for row in rows])
        result.setdefault("h_state", []).append(h)
        result.setdefault("c_state", []).append(c)
    return result
