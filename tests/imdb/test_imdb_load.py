"""The data set: equal to what Keras loads, found where it should be, refused when it is something else."""

import functools
import hashlib
import http.server
import itertools
import subprocess
import sys
import threading

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lstm_edu import imdb
from lstm_edu.imdb import Reviews, sources

KINDS = ("train", "test")


def in_keras_format(arrays, path):
    """The same reviews as Keras serves them: object arrays of lists."""
    kept = {}
    for kind in KINDS:
        ranks, offsets, labels = (arrays[f"{letter}_{kind}"] for letter in "xoy")
        reviews = np.empty(len(labels), object)
        reviews[:] = [ranks[a:b].tolist() for a, b in itertools.pairwise(offsets)]
        kept |= {f"x_{kind}": reviews, f"y_{kind}": labels.astype(np.int64)}
    np.savez(path, **kept)
    return path


@pytest.fixture
def keras_imdb(made_up, tmp_path, monkeypatch):
    """Keras' own load_data, its download replaced by the made-up file."""
    return keras_reading(in_keras_format(made_up, tmp_path / "imdb.npz"), monkeypatch)


def keras_reading(path, monkeypatch):
    from keras.src.datasets import imdb as keras_imdb

    monkeypatch.setattr(keras_imdb, "get_file", lambda **_: str(path))
    return keras_imdb.load_data


def assert_same(ours, theirs):
    for reviews, (x, y) in zip(ours, theirs, strict=True):
        assert reviews.lengths.tolist() == [len(review) for review in x]
        assert reviews.tokens.tolist() == [token for review in x for token in review]
        assert reviews.labels.tolist() == list(y)


ARGUMENTS = st.fixed_dictionaries(
    {},
    optional={
        "num_words": st.none() | st.integers(0, 100),
        "skip_top": st.integers(0, 30),
        "maxlen": st.none() | st.integers(0, 45),
        "seed": st.integers(0, 2**32 - 1),
        "start_char": st.none() | st.integers(0, 9),
        "oov_char": st.none() | st.integers(0, 9),
        "index_from": st.integers(0, 9),
    },
)


@pytest.mark.keras
@given(arguments=ARGUMENTS)
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_equal_to_keras_for_any_arguments(arguments, keras_imdb, made_up_file):
    try:
        theirs = keras_imdb(**arguments)
    except ValueError:  # maxlen keeps nothing
        with pytest.raises(ValueError, match="maxlen"):
            imdb.load(made_up_file, **arguments)
        return
    assert_same(imdb.load(made_up_file, **arguments), theirs)


@pytest.mark.keras
@pytest.mark.data
def test_equal_to_keras_on_the_real_reviews(tmp_path, monkeypatch):
    found = imdb.available()
    if found.name == "imdb_flat.npz":
        with np.load(found) as arrays:
            load_data = keras_reading(in_keras_format(arrays, tmp_path / "imdb.npz"), monkeypatch)
    else:
        load_data = keras_reading(found, monkeypatch)
    for arguments in (
        {"num_words": 10_000},
        {"skip_top": 20, "maxlen": 300, "start_char": None, "oov_char": None, "index_from": 5},
    ):
        assert_same(imdb.load(**arguments), load_data(**arguments))


@pytest.mark.data
def test_the_reviews_are_those_everybody_knows():
    train, test = imdb.load(num_words=10_000)
    assert len(train) == len(test) == 25_000
    assert len(train[0]) == 218  # with the labels, what tutorials print of the first training reviews
    assert train.labels[:10].tolist() == [1, 0, 0, 1, 0, 0, 1, 0, 1, 0]
    assert train.tokens.max() == test.tokens.max() == 9_999


@pytest.mark.data
def test_loading_takes_little_memory_and_no_framework():
    code = (
        "import resource, sys; from lstm_edu import imdb; imdb.load(num_words=10_000);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, *sys.modules)"
    )
    # a shell in between: on Linux a process counts the memory of the one it was forked from, here pytest's own
    shell = ["sh", "-c", '"$0" -c "$1"; exit $?', sys.executable, code]
    peak, *modules = subprocess.run(shell, capture_output=True, text=True, check=True).stdout.split()
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage counts bytes on macOS, KiB on Linux
    assert int(peak) * unit < 300e6  # seen: 160e6 from imdb_flat.npz, 210e6 from Keras' format
    assert not {"keras", "tensorflow"} & set(modules)


def test_keras_own_file_is_read_when_its_hash_is_the_published_one(made_up, made_up_file, tmp_path, monkeypatch):
    theirs = in_keras_format(made_up, tmp_path / "imdb.npz")
    with pytest.raises(ValueError, match="sha256 Keras publishes"):
        imdb.load(theirs)
    monkeypatch.setattr(sources, "KERAS_SHA256", sources.sha256(theirs))
    for a, b in zip(imdb.load(theirs), imdb.load(made_up_file), strict=True):
        assert (a.tokens == b.tokens).all() and (a.offsets == b.offsets).all() and (a.labels == b.labels).all()
    assert imdb.fingerprint(theirs) == imdb.fingerprint(made_up_file)


@pytest.mark.keras
def test_the_hash_is_the_one_in_keras():
    from pathlib import Path

    from keras.src.datasets import imdb as keras_imdb

    source = Path(keras_imdb.__file__).read_text()
    assert sources.KERAS_SHA256 in source and sources.KERAS_URL.rpartition("/")[0] in source


def test_the_fingerprint_sees_one_word(made_up, made_up_file, tmp_path):
    other = tmp_path / "other.npz"
    changed = made_up["x_test"].copy()
    changed[7] += 1
    np.savez(other, **made_up | {"x_test": changed})
    assert imdb.fingerprint(other) != imdb.fingerprint(made_up_file)


# where it is looked for


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    """No data in any of the places, and no network: the folders that are searched, all empty."""
    monkeypatch.setenv("LSTM_EDU_DATA", str(tmp_path / "named"))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sources, "__file__", str(tmp_path / "checkout/lstm_edu/imdb/sources.py"))
    monkeypatch.setattr(sources, "KERAS_URL", "http://127.0.0.1:9/imdb.npz")  # the discard port: nobody answers
    folders = [tmp_path / name for name in ("named", "checkout/data", "data", "keras/datasets")]
    for folder in folders:
        folder.mkdir(parents=True)
    (tmp_path / "checkout/pyproject.toml").touch()
    return folders


def test_the_places_are_searched_in_order(nowhere, made_up_file):
    assert imdb.available() is None
    for folder in reversed(nowhere):
        (folder / "imdb_flat.npz").write_bytes(made_up_file.read_bytes())
        assert imdb.available() == folder / "imdb_flat.npz"
    assert len(imdb.load()[0]) == 120
    assert imdb.available(made_up_file.parent) == imdb.available(made_up_file) == made_up_file


def test_a_package_outside_a_checkout_has_no_data_folder_beside_it(nowhere, made_up_file, tmp_path):
    (tmp_path / "checkout/pyproject.toml").unlink()
    (nowhere[1] / "imdb_flat.npz").write_bytes(made_up_file.read_bytes())
    assert imdb.available() is None


def test_no_data_and_no_network_says_what_to_do(nowhere):
    with pytest.raises(FileNotFoundError, match="LSTM_EDU_DATA") as raised:
        imdb.load()
    assert "data/" in str(raised.value) and "\n" not in str(raised.value)


def test_a_path_that_holds_nothing_is_not_searched_elsewhere(nowhere, made_up_file, tmp_path):
    (nowhere[0] / "imdb_flat.npz").write_bytes(made_up_file.read_bytes())
    assert imdb.available(tmp_path / "missing") is None
    with pytest.raises(FileNotFoundError, match="missing"):
        imdb.load(tmp_path / "missing")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def served(nowhere, made_up, tmp_path, monkeypatch):
    """A server in the place of Keras', which has the made-up reviews in Keras' format."""
    folder = tmp_path / "served"
    folder.mkdir()
    file = in_keras_format(made_up, folder / "imdb.npz")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(sources, "KERAS_URL", f"http://127.0.0.1:{server.server_port}/imdb.npz")
    yield file
    server.shutdown()
    server.server_close()


def test_keras_file_is_fetched_once_into_its_cache(served, nowhere, monkeypatch, capsys):
    monkeypatch.setattr(sources, "KERAS_SHA256", sources.sha256(served))
    assert len(imdb.load()[1]) == 80
    assert (nowhere[3] / "imdb.npz").read_bytes() == served.read_bytes()
    assert "fetching" in capsys.readouterr().err
    imdb.load()
    assert capsys.readouterr().err == ""


def test_a_connection_that_breaks_off_leaves_nothing(served, nowhere, monkeypatch):
    monkeypatch.setattr(Quiet, "copyfile", lambda self, source, out: out.write(source.read(1000)))
    with pytest.raises(FileNotFoundError, match="no way to fetch it .*LSTM_EDU_DATA"):
        imdb.load()
    assert list(nowhere[3].iterdir()) == []


def test_a_fetched_file_with_another_hash_is_not_kept(served, nowhere):
    with pytest.raises(ValueError, match="sha256"):
        imdb.load()
    assert list(nowhere[3].iterdir()) == []


# files that are something else


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda a: a.pop("y_test"), "expected the arrays of"),
        (lambda a: a.update(o_train=a["o_train"][:-1]), "one offset more"),
        (lambda a: a.update(o_train=a["o_train"] + 1), "offsets that rise from 0"),
        (lambda a: a.update(o_train=np.sort(np.r_[0, a["o_train"][1:-1] * 0, a["o_train"][-1]])), "offsets that rise"),
        (lambda a: a.update(y_test=a["y_test"] * 2), "labels 0 and 1"),
        (lambda a: a.update(x_test=a["x_test"] * 0), "ranks from 1"),
        (lambda a: a.update(x_test=a["x_test"] + np.int64(2**40)), "ranks from 1 to 2147483647"),
        (lambda a: a.update(x_test=a["x_test"] / 2), "one row of integers"),
        (lambda a: a.update(x_test=a["x_test"][None]), "one row of integers"),
        (lambda a: a.update(x_test=np.array([{}], object)), "plain arrays"),
    ],
)
def test_a_file_of_another_structure_is_refused(change, message, made_up, tmp_path):
    arrays = dict(made_up)
    change(arrays)
    path = tmp_path / "imdb_flat.npz"
    np.savez(path, **arrays)
    with pytest.raises(ValueError, match=message) as raised:
        imdb.load(path)
    assert str(path) in str(raised.value)


def test_a_file_that_is_no_archive_is_refused(tmp_path):
    path = tmp_path / "imdb_flat.npz"
    path.write_text("nothing of the kind")
    with pytest.raises(ValueError, match="expected an .npz file"):
        imdb.load(path)


def test_a_cut_file_is_refused(made_up_file):
    made_up_file.write_bytes(made_up_file.read_bytes()[:-1000])
    with pytest.raises(ValueError, match="expected"):
        imdb.load(made_up_file)


# arguments

INT32 = "expected a whole number from -2147483648 to 2147483647, got "
BAD = [
    ({"num_words": "all"}, TypeError, "num_words: expected a whole number, got str"),
    ({"num_words": 10.0}, TypeError, "num_words: expected a whole number, got float"),
    ({"num_words": -1}, ValueError, "num_words: expected at least 0, got -1"),
    ({"skip_top": None}, TypeError, "skip_top: expected a whole number, got NoneType"),
    ({"skip_top": -1}, ValueError, "skip_top: expected at least 0, got -1"),
    ({"maxlen": "long"}, TypeError, "maxlen: expected a whole number, got str"),
    ({"maxlen": 1}, ValueError, "maxlen: expected one that keeps some reviews, got 1, which keeps none"),
    ({"seed": "113"}, TypeError, "seed: expected a whole number, got str"),
    ({"seed": -1}, ValueError, "seed: expected a whole number from 0 to 4294967295, got -1"),
    ({"start_char": "<"}, TypeError, "start_char: expected a whole number, got str"),
    ({"start_char": 2**31}, ValueError, f"start_char: {INT32}2147483648"),
    ({"oov_char": 2.0}, TypeError, "oov_char: expected a whole number, got float"),
    ({"oov_char": 2**40 + 7}, ValueError, f"oov_char: {INT32}1099511627783"),
    ({"index_from": None}, TypeError, "index_from: expected a whole number, got NoneType"),
    ({"index_from": -1}, ValueError, "index_from: expected a whole number from 0 to "),
    ({"index_from": 2**31 - 2}, ValueError, "index_from: expected a whole number from 0 to "),
    (
        {"path": 10_000},
        TypeError,
        "path: expected a file or a folder, got 10000; load(num_words=10000) keeps that many",
    ),
]


@pytest.mark.parametrize(("arguments", "error", "message"), BAD)
def test_bad_arguments_are_named(arguments, error, message, made_up_file):
    with pytest.raises(error) as caught:
        imdb.load(**{"path": made_up_file} | arguments)
    assert str(caught.value).startswith(message)


def test_without_a_start_token_nothing_need_be_added(made_up, made_up_file):
    train, _ = imdb.load(made_up_file, start_char=None, index_from=None, num_words=10**6)
    assert sorted(train.tokens) == sorted(made_up["x_train"])


def test_keras_two_pairs_cannot_be_unpacked_and_the_message_says_what_to_write(made_up_file):
    with pytest.raises(ValueError) as caught:
        (x, y), (x_test, y_test) = imdb.load(made_up_file)
    said = "reviews: expected a loop or an index, got 2 names for 120 reviews: their labels are apart, "
    assert str(caught.value) == said + "x, y = train, train.labels"
    train, test = imdb.load(made_up_file)
    scope = {"train": train}
    exec(str(caught.value).removeprefix(said), scope)
    assert scope["x"] is train and (scope["y"] == train.labels).all()


def test_reviews_are_unpacked_where_there_is_a_name_for_each(made_up_file):
    train, _ = imdb.load(made_up_file)
    first, second = train[:2]
    head, *others = train[:5]
    assert (first == train[0]).all() and (second == train[1]).all() and (head == first).all() and len(others) == 4


# Reviews


def test_reviews_are_a_sequence(made_up_file):
    train, _ = imdb.load(made_up_file)
    rows = list(train)
    assert len(rows) == len(train) == 120
    assert (train[-1] == rows[119]).all() and (train[np.int64(3)] == rows[3]).all()
    assert train[0].dtype == np.int32 and train.lengths.tolist() == [len(row) for row in rows]
    for chosen in (slice(10), slice(5, 2, -1), slice(0, 0), [3, 3, 1], train.labels == 1):
        part = train[chosen]
        which = np.arange(120)[chosen]
        assert isinstance(part, Reviews) and len(part) == len(which)
        assert [row.tolist() for row in part] == [rows[k].tolist() for k in which]
        assert (part.labels == train.labels[which]).all()
    assert "120 reviews" in repr(train)


def test_reviews_refuse_what_is_no_index(made_up_file):
    train, _ = imdb.load(made_up_file)
    for wrong in (120, -121):
        with pytest.raises(IndexError, match="under 120"):
            train[wrong]
    with pytest.raises(IndexError):
        train[[[1, 2]]]
    with pytest.raises(ValueError, match="read-only"):
        train[0][0] = 7


@pytest.mark.parametrize("token", [2**40 + 7, 2**31, 1.5])
def test_reviews_take_no_token_that_would_become_another(token):
    with pytest.raises((TypeError, ValueError), match="^tokens: expected "):
        Reviews([1, token], [0, 2], [1])


def test_reviews_check_what_they_are_made_of():
    with pytest.raises(ValueError, match="one more than labels"):
        Reviews([1, 2], [0, 2], [1, 0])
    with pytest.raises(ValueError, match="rise from 0"):
        Reviews([1, 2, 3], [0, 2], [1])


def test_sha256_is_that_of_the_file(tmp_path):
    (tmp_path / "x").write_bytes(b"abc")
    assert sources.sha256(tmp_path / "x") == hashlib.sha256(b"abc").hexdigest()
