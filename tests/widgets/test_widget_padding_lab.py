"""PaddingLab: the row that it shows is `imdb.pad`'s, and what the networks answer to it is what NumPy computes."""

import json
import re
import shutil
from functools import partial

import assets
import numpy as np
import pytest
from review_pages import SAME, settle
from widget_checks import overflow

from lstm_edu import imdb, network
from lstm_edu.network import shipped
from lstm_edu.network.shipped import FOLDER
from lstm_edu.widgets import PaddingLab, reviews
from lstm_edu.widgets.padding_lab import lab, rows
from lstm_edu.widgets.padding_lab.rows import networks, read
from lstm_edu.widgets.review_explorer import networks as titles

pytestmark = pytest.mark.pages

PRAISE, SCORN, LONG = (reviews()[k][1] for k in (1, 2, 8))
TRAINED = {"maxlen": 500, "padding": "pre", "truncating": "pre", "mask": False}
SETTINGS = [
    TRAINED,
    TRAINED | {"padding": "post"},
    TRAINED | {"padding": "post", "mask": True},
    TRAINED | {"maxlen": 12, "truncating": "post"},
    TRAINED | {"maxlen": 30, "padding": "post"},
]


def answered(page):
    """Until all that was asked for is computed and drawn."""
    settle(page)
    page.wait_for_selector(".padding-networks:not([data-waits])")
    settle(page)


def values(page, kind):
    return page.locator(f".padding-{kind}").evaluate_all("(all) => all.map(({ dataset }) => Number(dataset.value))")


def curves(page):
    """P(positive) of each network's curve, one for each step; the first and last stand at the edges, too."""
    shapes = page.locator(".padding-curve path").evaluate_all("(all) => all.map((line) => line.getAttribute('d'))")
    points = np.array([[[float(x) for x in point.split()] for point in re.split("[ML]", d)[1:]] for d in shapes])
    assert (np.diff(points[..., 0]) > 0).all() and np.ptp(points[..., 0], axis=1).tolist() == [1] * len(shapes)
    return 1 - points[:, 1:-1, 1]


def choose(page, rows):
    """The settings, by the controls that a reader has."""
    slider = page.get_by_role("slider")
    lengths = [*PaddingLab().lengths]
    slider.fill(str(lengths.index(rows["maxlen"])))
    for name in ("padding", "truncating"):
        group = page.get_by_role("group", name=name)
        group.get_by_role("button", name=f"({rows[name]})").click()
    page.get_by_role("checkbox").set_checked(rows["mask"])


@pytest.mark.parametrize("text", [SCORN, LONG, "", "A zorblax, <b>not</b> a film"], ids=["short", "long", "no", "odd"])
def test_what_it_shows_is_numpys(explorer, text):
    page = explorer(PaddingLab())
    page.get_by_label("Your text").fill(text)
    ids = imdb.encode(text)
    nets = [shipped(one["name"]) for one in networks()]
    trained = [read(net, ids, **TRAINED)[-1] for net in nets]
    for setting in SETTINGS:
        choose(page, setting)
        answered(page)
        expected = np.array([read(net, ids, **setting) for net in nets])
        assert np.abs(values(page, "p") - expected[:, -1]).max() < SAME
        assert np.abs(np.array(values(page, "then")) - trained).max() < SAME
        assert page.locator(".padding-p").all_inner_texts() == [f"{p:.3f}" for p in expected[:, -1]]
        assert np.abs(curves(page) - expected).max() < 1e-4  # of a curve's height
        assert row(page) == decoded(ids, setting)
        alike = "would be the same row" in page.locator(".padding-seen").inner_text()
        assert alike == (fed(ids, setting) == fed(ids, TRAINED))
    assert page.wrong == [] and overflow(page) <= 0


def row(page):
    """The row as its chips say it: (id, ...), of each zero one 0."""
    found = []
    parts = "({ children, dataset }) => [...[...children].map((part) => part.textContent), dataset.kind ?? 'pad']"
    for word, number, kind in page.locator(".padding-chip").evaluate_all(f"(all) => all.map({parts})"):
        if kind == "pad":
            assert number in ("0", "skipped")
            found += [0] * int(word.split(" × ")[0] if " × " in word else 1)
        elif kind != "cut":
            found.append(int(number))
    return found


def decoded(ids, setting):
    return imdb.pad([ids], *(setting[name] for name in ("maxlen", "padding", "truncating")))[0].tolist()


def fed(ids, setting):
    return [k for k in decoded(ids, setting) if k or not setting["mask"]]


def test_words_that_are_cut_are_there_and_struck_out(explorer):
    page = explorer(PaddingLab(LONG, maxlen=100))
    count = len(imdb.encode(LONG))
    for side, edge in (("pre", "first"), ("post", "last")):
        page.get_by_role("group", name="truncating").get_by_role("button", name=f"({side})").click()
        settle(page)
        kinds = page.locator(".padding-word").evaluate_all("(all) => all.map(({ dataset }) => dataset.kind)")
        cut, kept = ["cut"] * (count - 100), ["kept"] * 99
        assert kinds == ([*cut, edge, *kept] if side == "pre" else [*kept, edge, *cut])
        assert f"The {edge} {count - 100} ids of the text are cut." in page.locator(".padding-told").inner_text()
        chip, room = (page.locator(name).bounding_box() for name in (f"[data-kind={edge}]", ".padding-row"))
        assert room["y"] <= chip["y"] and chip["y"] + chip["height"] <= room["y"] + room["height"], "in sight"


def test_of_a_novel_the_words_at_the_other_end_are_counted_only(explorer):
    page = explorer(PaddingLab())
    page.get_by_label("Your text").fill("good " * 1500)
    settle(page)
    assert page.locator(".padding-word").count() == 1000
    assert "501 more words" in page.locator(".padding-more").inner_text()
    assert row(page) == decoded(imdb.encode("good " * 1500), TRAINED)


def test_a_button_sets_the_switches_as_in_training(explorer):
    page = explorer(PaddingLab(maxlen=40, padding="post", truncating="post", mask=True))
    button = page.get_by_role("button", name="Set the switches like this")
    assert button.get_attribute("aria-disabled") == "false"
    button.click()
    answered(page)
    assert button.get_attribute("aria-disabled") == "true"
    assert values(page, "p") == values(page, "then")
    assert page.locator(".padding-told").inner_text().startswith("500 steps: 476 zeros, then 24 ids.")
    assert page.get_by_role("slider").get_attribute("aria-valuetext") == "500 steps"


def test_the_last_of_many_inputs_is_answered(explorer):
    page = explorer(PaddingLab())
    page.evaluate("""() => {
        const slider = document.querySelector(".belt-padding-lab input[type=range]");
        for (let k = 0; k < 60; k++) setTimeout(() => {
            slider.value = 20 + (k % 20);
            slider.dispatchEvent(new Event("input", { bubbles: true }));
        }, 5 * k);
    }""")
    page.wait_for_timeout(400)
    answered(page)
    maxlen = PaddingLab().lengths[39]
    assert len(curves(page)[0]) == maxlen
    expected = read(shipped("lstm_32"), imdb.encode(PRAISE), **(TRAINED | {"maxlen": maxlen}))
    assert abs(values(page, "p")[0] - expected[-1]) < SAME


def test_the_networks_come_when_the_reader_does(widget_page, models, tmp_path):
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static" / "models").symlink_to(models)
    page = widget_page(PaddingLab())
    assert not [url for url in page.asked if "/models/" in url]
    expected = [read(shipped(one["name"]), imdb.encode(PRAISE), **TRAINED)[-1] for one in networks()]
    assert np.abs(np.array(values(page, "p")) - expected).max() < 1e-7  # float32, out of the page
    page.get_by_role("checkbox").focus()
    page.wait_for_selector("[data-model=ready]")
    assert len([url for url in page.asked if "/models/" in url]) == len(networks()) + 1  # the words


def test_networks_that_cannot_be_loaded_are_said(widget_page):
    page = widget_page(PaddingLab(LONG))
    page.wait_for_function("document.querySelector('.padding-notice').innerText.includes('could not be loaded')")
    assert set(page.locator(".padding-p").all_inner_texts()) == {"–"}
    assert page.locator(".padding-word").count() == len(imdb.encode(LONG))


# --- networks that were trained on other rows -------------------------------------------------------------------------

OTHER = "lstm_pad_post_cut_pre"


@pytest.fixture
def another(tmp_path, monkeypatch):
    """A network that is shipped as if it had been trained with its zeros behind, beside those that are."""
    folder = tmp_path / "shipped"
    shutil.copytree(FOLDER, folder)
    shutil.copy(folder / "lstm_32.npz", folder / f"{OTHER}.npz")
    card = json.loads((folder / "lstm_32.json").read_text("utf-8"))
    card |= {"recipe": OTHER, "settings": card["settings"] | {"pad": "post", "alike": False}}
    (folder / f"{OTHER}.json").write_text(json.dumps(card), "utf-8")
    for module in (titles, rows, lab, assets):
        for name in ("names", "card", "handed", "shipped"):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, partial(getattr(network, name), folder=folder))
    return tmp_path


def test_a_network_of_other_rows_appears_by_itself(another, widget_page):
    assets.write_models(another / "_static" / "models")
    page = widget_page(PaddingLab(padding="post"))
    first, second = page.locator(".padding-networks section").all()
    assert second.locator(".padding-title").all_inner_texts() == ["zeros behind, first words cut, seed 1"]
    said = [part.locator(".padding-trained").inner_text() for part in (first, second)]
    assert said[0].startswith(f"{len(network.names())} networks were trained") and "zeros in front (pre)" in said[0]
    assert said[1].startswith("1 network was trained") and "zeros behind (post)" in said[1]
    seen = [part.locator(".padding-seen").inner_text() for part in (first, second)]
    assert ["the same row" in one for one in seen] == [False, True]
    first.get_by_role("button").click()
    page.wait_for_selector("[data-model=ready]")
    answered(page)
    front, behind = (
        read(shipped("lstm_32"), imdb.encode(PRAISE), **TRAINED | {"padding": p})[-1] for p in ("pre", "post")
    )
    assert values(page, "p")[-1] == pytest.approx(front, abs=SAME) == values(page, "p")[0]
    assert values(page, "then")[-1] == pytest.approx(behind, abs=SAME)
    second.get_by_role("button").click()
    page.get_by_role("button", name="behind (post)", pressed=True).wait_for()  # it is drawn with the next frame
    assert page.wrong == []


def test_the_explorer_does_not_offer_it(another):
    assert OTHER in titles.every() and OTHER not in titles.in_order()
    assert sorted(titles.in_order()) == network.names()


# --- in Python --------------------------------------------------------------------------------------------------------


def test_a_network_of_another_length_is_not_shown(monkeypatch):
    changed = {"lstm_32-seed2": {"maxlen": 200}, "lstm_32-seed3": {"num_words": 5_000}}
    plain = network.card
    monkeypatch.setattr(rows, "card", lambda name: {"settings": plain(name)["settings"] | changed.get(name, {})})
    assert {one["name"] for one in networks()} == set(network.names()) - set(changed)


def test_python_hands_over_each_network_when_asked(monkeypatch):
    widget, sent = PaddingLab(), []
    monkeypatch.setattr(widget, "send", sent.append)
    widget._handle_custom_msg({"want": "something"}, [])
    widget._handle_custom_msg({"want": "pack", "name": "no_such"}, [])
    for one in widget.networks:
        widget._handle_custom_msg({"want": "pack", "name": one["name"]}, [])
    assert [message["pack"]["name"] for message in sent] == [one["name"] for one in networks()]


def test_what_chapter_8_says_of_it():
    nets = [shipped(one["name"]) for one in networks()]

    def answers(text, **changed):
        return np.array([read(net, imdb.encode(text), **TRAINED | changed)[-1] for net in nets])

    praise, scorn = (answers(text, padding="post") for text in (PRAISE, SCORN))
    assert [card["recipe"] for card in map(network.card, [one["name"] for one in networks()])][:5] == ["lstm_32"] * 5
    assert [f"{p:.3f}" for p in praise[:5]] == [f"{p:.3f}" for p in scorn[:5]]
    assert praise[5:].tolist() != scorn[5:].tolist()
    for side in ("pre", "post"):
        assert (answers(PRAISE, padding=side, mask=True) > 0.5).all()
        assert (answers(SCORN, padding=side, mask=True) < 0.5).all()
    assert (answers(PRAISE, mask=True) != answers(PRAISE)).all()
    start, end = (answers(LONG, maxlen=100, truncating=cut) for cut in ("post", "pre"))
    assert (start < 0.5).all() and (end > 0.5).all()


def test_the_picture_and_table_are_those_of_the_moment():
    widget = PaddingLab()
    widget.maxlen, widget.padding, widget.mask, widget.text = 40, "post", True, SCORN
    still = widget.still()
    for name in ("lstm_32", "belt_whole_b5"):
        p = read(shipped(name), imdb.encode(SCORN), 40, "post", "pre", True)[-1]
        trained = read(shipped(name), imdb.encode(SCORN), **TRAINED)[-1]
        assert f"<td>{p:.3f}</td><td>{trained:.3f}</td>" in still
    assert "40 steps: 23 ids, then 17 zeros. Nothing is cut. The mask skips the zeros" in still


def test_a_long_text_is_not_stored():
    assert PaddingLab(LONG).first is None and PaddingLab().first["ids"] == imdb.encode(PRAISE).tolist()
