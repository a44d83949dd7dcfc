"""The sentences a reader sees, as plain text: `python tools/prose.py` lists those of more than 30 words, and the
paragraphs of more than 90, page by page, each with its number of words. `python tools/prose.py 07 how_to` lists those
of pages with such a name.
"""

import re
import sys
import tomllib
from pathlib import Path

import facts

ROOT = Path(__file__).resolve().parents[1]
WORDS = ROOT / "lstm_edu/words/en"
LONGEST_SENTENCE, LONGEST_PARAGRAPH = 30, 90

UNSEEN = re.compile(  # comments, equations and blocks of code, a directive's lines, the head of a page
    r"\A---\n.*?\n---\n|<!--.*?-->|```.*?```|\$\$.*?\$\$|^:{3,}[^\n]*|^:[a-z]+:[^\n]*", re.DOTALL | re.MULTILINE
)
ONE_WORD = re.compile(r"\{[a-z:]+\}`[^`]*`|`[^`]*`|\$[^$]*\$")  # a citation, a piece of code, a formula
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
A_BREAK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-|#]|\d+\. ))|^#.*$", re.MULTILINE)  # paragraphs, items, rows; headings go
A_SENTENCE_ENDS = re.compile(r"(?<=[.?!])[\"”)*]*\s+(?=[\"“(*]*[A-Z0-9~])")


def plain(text):
    """Markdown as it is read: `~` for a piece of code or a formula, a link as its words."""
    return LINK.sub(r"\1", ONE_WORD.sub("~", UNSEEN.sub("", text)))


def texts():
    """The name of each page and of each catalogue of sentences, and its texts, plain."""
    found = {page.name: [plain(text) for text in facts.prose(page)] for page in facts.pages()}
    for path in sorted(WORDS.rglob("*.toml")):
        name = f"words/{path.relative_to(WORDS).as_posix()}"
        found[name] = [plain(text) for text in _sentences(tomllib.loads(path.read_text("utf-8")))]
    return found


def _sentences(entries):
    for entry in entries.values():
        yield from _sentences(entry) if isinstance(entry, dict) else [entry]


def length(text):
    return len(re.findall(r"[\w~][^\s]*", text))


def long_ones(text):
    """(words, sentence) and (words, paragraph) that are too long."""
    paragraphs = [" ".join(part.split()) for part in A_BREAK.split(text) if part.strip()]
    sentences = [sentence for part in paragraphs for sentence in A_SENTENCE_ENDS.split(part)]
    return (
        [(length(one), one) for one in sentences if length(one) > LONGEST_SENTENCE and "|" not in one],
        [(length(one), one) for one in paragraphs if length(one) > LONGEST_PARAGRAPH],
    )


def main(names):
    for page, parts in texts().items():
        if names and not any(name in page for name in names):
            continue
        sentences, paragraphs = zip(*map(long_ones, parts), strict=True) if parts else ((), ())
        sentences, paragraphs = sum(sentences, []), sum(paragraphs, [])
        if sentences or paragraphs:
            print(f"\n{page}: {len(sentences)} long sentences, {len(paragraphs)} long paragraphs")
        for words, sentence in sorted(sentences, reverse=True):
            print(f"{words:5}  {sentence}")
        for words, paragraph in sorted(paragraphs, reverse=True):
            print(f"{words:5}  a paragraph: {paragraph[:80]} ...")


if __name__ == "__main__":
    main(sys.argv[1:])
