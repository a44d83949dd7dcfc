"""Gates held by hand, drawn at random: for NumPy and for the page."""


def some_holds(rng, steps):
    """One to six holds, later ones over earlier, of any gate and value that the page takes."""
    return [
        {
            "gate": str(rng.choice(list("ifgo"))),
            "unit": None if rng.random() < 0.4 else int(rng.integers(32)),
            "step": None if rng.random() < 0.4 else int(rng.integers(steps)),
            "value": float(rng.choice([0, 1, rng.random(), rng.normal(), rng.uniform(-100, 100)])),
        }
        for _ in range(rng.integers(1, 7))
    ]
