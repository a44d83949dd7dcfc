"""The shipped weights: exact in both precisions, what their card says, refused when changed."""

import json
import shutil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from lstm_edu import facts, imdb, network, runs
from lstm_edu.network import quantised
from lstm_edu.network.shipped import FOLDER
from lstm_edu.runs import experiments, records

SHAPES = {
    "embedding": (10_000, 32),
    "kernel": (32, 128),
    "recurrent_kernel": (32, 128),
    "bias": (128,),
    "dense_kernel": (32, 1),
    "dense_bias": (1,),
}


SEEDS = ["lstm_32", *(f"lstm_32-seed{seed}" for seed in (2, 3, 4, 5))]
SHIPPED = ["belt_no_loop_b5", "belt_whole_b5", *SEEDS]


def test_five_models_of_one_recipe_and_two_of_an_experiment_are_shipped():
    assert network.names() == SHIPPED
    embeddings = [network.shipped(name).weights["embedding"] for name in SHIPPED]
    assert len({array.tobytes() for array in embeddings}) == len(SHIPPED)
    assert [network.card(name)["seed"] for name in SEEDS] == [1, 2, 3, 4, 5]
    assert not network.shipped("belt_no_loop_b5").weights["recurrent_kernel"].any()


@pytest.mark.parametrize("shipped", SHIPPED)
def test_the_model_is_the_recipes(shipped):
    model = network.shipped(shipped).weights
    assert {name: array.shape for name, array in model.items()} == SHAPES
    assert {name: tuple(shape) for name, shape in network.card(shipped)["arrays"].items()} == SHAPES
    assert all(array.dtype == np.float64 and np.isfinite(array).all() for array in model.values())


@pytest.mark.parametrize("shipped", SHIPPED)
def test_float32_and_float64_hold_the_same_numbers(shipped):
    single, double = (network.shipped(shipped, dtype).weights for dtype in (np.float32, np.float64))
    for name, array in single.items():
        assert array.dtype == np.float32
        assert (array.astype(np.float64) == double[name]).all()  # not close: equal


@given(
    hnp.arrays(
        np.float32,
        st.tuples(st.integers(1, 30), st.integers(1, 4)),
        elements=st.floats(-8, 8, width=32) | st.floats(-(2**-10), 2**-10, width=32),
    )
)
def test_quantised_weights_are_exact_and_near(embedding):
    embedding[abs(embedding) < 1e-30] = 0  # below, float32 has no 8 significant bits for a scale
    q, scale = quantised.quantise(embedding)
    assert q.dtype == np.int8 and scale.dtype == np.float32 and abs(q.astype(int)).max() <= 127
    double = quantised.dequantise(q, scale, np.float64)
    assert (quantised.dequantise(q, scale, np.float32).astype(np.float64) == double).all()
    assert (np.abs(double - embedding) <= scale.astype(np.float64) / 2).all()


def test_a_column_of_zeros_stays_zero():
    q, scale = quantised.quantise(np.zeros((3, 2), np.float32))
    assert not q.any() and (scale > 0).all()


@pytest.mark.parametrize("shipped", SHIPPED)
def test_the_file_holds_plain_arrays_under_400_kb(shipped):
    path = FOLDER / f"{shipped}.npz"
    assert path.stat().st_size == network.card(shipped)["bytes"] < 400_000
    with np.load(path, allow_pickle=False) as arrays:  # raises for an object array
        assert set(arrays.files) == set(quantised.STORED)
        assert {name: arrays[name].dtype.name for name in arrays.files} == {
            name: "int8" if name == "embedding_q" else "float32" for name in quantised.STORED
        }


@pytest.mark.parametrize("shipped", SHIPPED)
def test_the_card_is_that_of_its_record(shipped):
    card = network.card(shipped)
    place = FOLDER.parent / card["record"]
    of_experiment = {(run.recipe, run.seed): run for run in experiments.store("belt").runs()}
    record = of_experiment.get((card["recipe"], card["seed"])) or records.read(place)
    assert place.is_file()
    assert (card["recipe"], card["seed"], card["settings"]) == (record.recipe, record.seed, record.settings)
    assert (card["versions"], card["data_sha256"]) == (record.versions, record.data["sha256"])
    assert card["unquantised"]["test_accuracy"] == record.results["accuracy"]
    assert card["command"] == f"python -m lstm_edu.runs export {record.recipe} --seed {record.seed}"
    moved = abs(card["quantised"]["test_accuracy"] - record.results["accuracy"])
    assert moved <= card["answers_changed"] / record.tested < 0.01


@pytest.mark.data
def test_the_card_gives_the_accuracy_numpy_finds():
    """Every test review through the NumPy cell: the shipped numbers are the model, whoever computes."""
    net, card = network.shipped("lstm_32", np.float32), network.card("lstm_32")
    _, test = imdb.load(num_words=card["settings"]["num_words"])
    right = 0
    for start in range(0, len(test), 500):
        part = test[start : start + 500]
        right += ((net(imdb.pad(part, net.length)) > 0.5) == (part.labels == 1)).sum()
    # a review within float32's rounding of 0.5 may fall on the other side: none seen
    assert abs(right / len(test) - card["quantised"]["test_accuracy"]) <= 2 / len(test)


@pytest.fixture
def copied(tmp_path):
    for name in ("lstm_32.npz", "lstm_32.json"):
        shutil.copy(FOLDER / name, tmp_path)
    return tmp_path


def test_a_changed_file_is_refused(copied):
    assert network.shipped("lstm_32", folder=copied).cell.bias.shape == (128,)
    content = bytearray((copied / "lstm_32.npz").read_bytes())
    content[len(content) // 2] ^= 1
    (copied / "lstm_32.npz").write_bytes(content)
    with pytest.raises(ValueError, match="lstm_32.npz: expected sha256 .* as its card says"):
        network.shipped("lstm_32", folder=copied)


@pytest.mark.parametrize("shipped", SHIPPED)
def test_the_rows_it_was_trained_on_are_its_recipes(shipped):
    recipes = runs.RECIPES | {one.name: one for one in experiments.EXPERIMENTS["belt"]}
    said = recipes[network.card(shipped)["recipe"]].whole
    assert network.handed(shipped) == {
        "maxlen": said["maxlen"],
        "padding": said["pad"],
        "truncating": said["cut"],
        "mask": said["mask"] or said.get("alike", False),  # in batches of like length padding is not read
    }


@pytest.mark.parametrize(
    ("changed", "length", "mask"),
    [({"mask": True}, 500, True), ({"pad": "post"}, None, False), ({"pad": "post", "mask": True}, 500, True)],
)
def test_a_network_reads_rows_as_it_was_trained(copied, changed, length, mask):
    path = copied / "lstm_32.json"
    card = json.loads(path.read_text())
    path.write_text(json.dumps(card | {"settings": card["settings"] | changed}))
    net = network.shipped("lstm_32", folder=copied)
    assert (net.length, net.embedding.mask_zero) == (length, mask)
    ids = imdb.encode("A wonderful film.")
    x, zeros = net.embedding(np.append(ids, 20 * [0]))[None], np.append(ids, 20 * [0])[None] != 0
    expected = net.cell.run(x, mask=zeros if mask else None).last_output
    assert np.isclose(net(np.append(ids, 20 * [0])[None]), 1 / (1 + np.exp(-net.logit(expected))), rtol=1e-12)


def test_a_model_that_is_not_shipped_is_named(copied):
    with pytest.raises(FileNotFoundError, match="lstm_33.json: expected the card of shipped weights"):
        network.shipped("lstm_33")
    (copied / "lstm_32.npz").unlink()
    with pytest.raises(FileNotFoundError, match=r"lstm_32\.npz"):
        network.shipped("lstm_32", folder=copied)


def test_a_pickle_is_not_opened(copied):
    """Even one whose hash the card gives."""
    import hashlib

    arrays = {name: np.array([{}], object) for name in quantised.STORED}
    np.savez(copied / "lstm_32.npz", allow_pickle=True, **arrays)
    card = json.loads((copied / "lstm_32.json").read_text())
    card["sha256"] = hashlib.sha256((copied / "lstm_32.npz").read_bytes()).hexdigest()
    (copied / "lstm_32.json").write_text(json.dumps(card))
    with pytest.raises(ValueError, match="allow_pickle=False"):
        network.shipped("lstm_32", folder=copied)


@pytest.mark.parametrize("dtype", [np.float16, int, "int8"])
def test_other_precisions_are_refused(dtype):
    with pytest.raises(ValueError, match="dtype: expected float32 or float64"):
        network.shipped("lstm_32", dtype)


def test_its_facts_are_those_of_its_card(tmp_path):
    card = {"recipe": "first", "seed": 1, "bytes": 270_000, "answers_changed": 3}
    card |= {"quantised": {"test_accuracy": 0.87, "test_loss": 0.36}, "unquantised": {"test_accuracy": 0.868}}
    for name in "first", "first-seed2":
        (tmp_path / f"{name}.npz").write_bytes(b"")
        (tmp_path / f"{name}.json").write_text(json.dumps(card))
    known = network.facts(tmp_path)
    assert {key: facts.fact(key, known) for key in known} == {
        "first.shipped.test": "87.0%",
        "first.shipped.test_loss": "0.360",
        "first.shipped.difference": "0.2",
        "first.shipped.changed": "3",
        "first.shipped.seed": "1",
        "first.shipped.bytes": "270,000",
    }
