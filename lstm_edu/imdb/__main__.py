"""`python -m lstm_edu.imdb`: makes the vocabulary and the measurements that are shipped."""

import hashlib
import json
from pathlib import Path

from ..common import files
from ..common.command_line import Parser, end_with_one_line
from . import numbers, sources, text

PROG = "python -m lstm_edu.imdb"
WORD_INDEX_MD5 = "bfafd718b763782e994055a2d397834f"  # published in keras/src/datasets/imdb.py
WORDS = 10_000


def main(arguments=None):
    parser = Parser(prog=PROG, description="Makes what the package ships about the IMDB reviews: no review text.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=Parser)

    vocabulary = commands.add_parser("vocabulary", help="the most frequent words, from Keras' imdb_word_index.json")
    vocabulary.add_argument("word_index", type=Path, help="that file, as keras.datasets.imdb.get_word_index keeps it")
    vocabulary.add_argument("--into", type=Path, default=text.VOCABULARY)
    vocabulary.set_defaults(work=_vocabulary)

    statistics = commands.add_parser("statistics", help="lengths, labels and words of the reviews, measured")
    statistics.add_argument("--data", help="the IMDB data: a file or its folder")
    statistics.add_argument("--into", type=Path, default=numbers.STATISTICS)
    statistics.set_defaults(work=_statistics)

    given = parser.parse_args(arguments)
    end_with_one_line(PROG, lambda: given.work(given))


def _vocabulary(given):
    content = given.word_index.read_bytes()
    if hashlib.md5(content).hexdigest() != WORD_INDEX_MD5:
        raise ValueError(f"{given.word_index}: expected Keras' imdb_word_index.json, md5 {WORD_INDEX_MD5}")
    ranks = json.loads(content)
    words = sorted(ranks, key=ranks.get)[:WORDS]
    _write(
        given.into,
        {
            "made_by": f"{PROG} vocabulary imdb_word_index.json",
            "source": "https://storage.googleapis.com/tensorflow/tf-keras-datasets/imdb_word_index.json",
            "source_md5": WORD_INDEX_MD5,
            "words_sha256": text.fingerprint(words),
            "words": words,
        },
    )


def _statistics(given):
    print(f"reading {sources.locate(given.data)}")
    _write(given.into, numbers.measure(given.data))


def _write(path, content):
    encoded = (json.dumps(content, indent=0) + "\n").encode()
    files.write(path, lambda file: file.write(encoded))
    print(f"wrote {path}")


if __name__ == "__main__":
    main()
