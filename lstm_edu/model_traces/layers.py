"""Which recurrent layers a model has, and where each of them stands."""

DIRECTIONS = "forward", "backward"


def recurrent(model):
    """{place: layer} of the model's recurrent layers. A place is the names on the way to it: "encoder/lstm_1".

    A layer is one of Keras' RNN family, or a `Bidirectional`, whose two directions belong to it.
    """
    import keras

    found, looked_at = {}, set()

    def look_into(layer, above):
        for inner in _inside(layer):
            if id(inner) in looked_at:
                continue
            looked_at.add(id(inner))
            place = _free(above + inner.name, found)
            if type(inner) is keras.layers.Bidirectional or isinstance(inner, keras.layers.RNN):
                found[place] = inner
            else:
                look_into(inner, f"{place}/")

    look_into(model, "")
    return found


def with_directions(layers):
    """{place: layer} with the two directions of each `Bidirectional` before it."""
    import keras

    every = {}
    for place, layer in layers.items():
        if type(layer) is keras.layers.Bidirectional:
            every |= {f"{place}.{way}": getattr(layer, f"{way}_layer") for way in DIRECTIONS}
        every[place] = layer
    return every


def _inside(layer):
    """The layers that a layer holds. For one that is no model Keras has no public name for them."""
    import keras

    return (
        layer.layers if isinstance(layer, keras.Model) else layer._flatten_layers(include_self=False, recursive=False)
    )


def _free(place, taken):
    """The place, with a number where a layer of that name stands there already."""
    name, number = place, 1
    while place in taken:
        number += 1
        place = f"{name}({number})"
    return place
