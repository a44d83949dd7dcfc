"""What is shipped of the study, against bounds: what chapter 10 says of it would be wrong beyond them."""

import numpy as np
import pytest

from lstm_edu import facts, imdb, study
from lstm_edu.network import LENGTH, shipped
from lstm_edu.study.carried import carried
from lstm_edu.study.memory import long_ones
from lstm_edu.study.ways import ways
from lstm_edu.study.word_groups import GROUPS


def test_each_way_that_is_cut_shortens_the_memory():
    whole = study.of("memory", "half_life")
    for way, share in (("gates_mean", 0.46), ("deaf", 0.31), ("no_candidate", 0.1), ("no_loop", 0.07)):
        assert (study.of("ways", way, "half_life") < share * whole).all(), way


def test_what_the_belt_brings_over_one_word_is_all_that_is_left_without_the_loop():
    over_one = study.of("carried", "belt") * study.of("memory", "loop")[1]
    half = np.log(0.5) / np.log(over_one)
    assert np.abs(half - study.of("ways", "no_candidate", "half_life")).max() < 0.5
    left = study.of("ways", "no_belt", "left")[1]
    assert (left > 0.23).all() and (left < 0.27).all()  # "a quarter"


def test_the_belt_carries_most_of_a_difference_over_one_word_and_the_gates_least():
    belt, candidate, gates = (study.of("carried", way) for way in ("belt", "candidate", "gates"))
    assert (belt > 0.79).all() and (candidate > 0.12).all() and (gates < 0.04).all()
    assert np.allclose(belt + candidate + gates, 1, atol=2e-4)


def test_one_word_is_forgotten_sooner_than_a_swapped_state():
    telling, any_word = (study.of("one_word", kind, "mean", "half_life") for kind in ("telling", "any"))
    assert (telling < study.of("memory", "half_life")).all() and (any_word < telling).all()
    left_out = study.of("one_word", "telling", "out", "half_life")
    assert np.abs(left_out - telling).max() < 0.5  # it hardly matters how the word is changed


def test_padding_is_forgotten_over_and_the_mean_word_is_not():
    assert (study.of("rest", "padding", "swap") < 3).all() and (study.of("rest", "padding", "half_life") < 6).all()
    assert (study.of("rest", "mean_word", "half_life") > 15).all()
    assert (study.of("rest", "padding", "f") < 0.65).all() and (study.of("rest", "mean_word", "f") > 0.7).all()
    praise, scorn = (
        np.array([study.of("rest", "mean_word", "kick", word) for word in GROUPS[kind]]) for kind in ("praise", "scorn")
    )
    assert (praise > 0).all() and (scorn < 0).all()  # at each resting place of each network


def test_but_lets_go_of_most():
    found = study.result()["frequent"]
    f, slope = (np.array(found[name]) for name in ("f", "slope"))
    assert f.shape == slope.shape == (len(found["words"]), 5) and min(found["times"]) >= 1_000
    assert (np.array(found["rank"][0]) <= 2).all()
    at = found["words"].index("but")
    assert abs(found["positive"][at] - 0.5) < 0.02
    neutral = [k for k, share in enumerate(found["positive"]) if 0.45 < share < 0.55 and k != at]
    assert len(neutral) > 250 and (slope[at] < slope[neutral].min(axis=0) - 0.01).all()
    assert 0.12 < 1 - slope[at].mean() < 0.135  # "an eighth"
    gone = {part: study.of("but", "gone", part)[0] for part in "ifgo"}
    assert (gone["o"] > 0.5).all() and (gone["f"] < 0.3).all()


def test_not_adds_a_little_less_before_bad_but_not_in_every_network():
    more, half_width = (study.of("pairs", "not", "bad", name) for name in ("more", "more_half_width"))
    assert (more[:4] > half_width[:4]).all() and not more[4] > half_width[4]


def test_an_accuracy_at_the_median_knows_no_shift():
    plain, shifted, middle = (study.of("accuracy", name)[0] for name in ("plain_median", "f_1", "f_1_median"))
    assert (middle >= shifted - 0.003).all() and (middle - shifted).max() > 0.1
    assert (plain > middle).all()
    candidate, everything = (study.of("accuracy", name)[0] for name in ("no_candidate", "no_loop"))
    assert np.abs(candidate - everything).max() < 0.01
    assert facts.fact("study.accuracy.plain_auc.mean").startswith("0.9")


def test_two_networks_share_several_directions():
    found = study.result()["units"]["canonical"]
    assert min(found["least"][:4]) > 0.9
    assert found["apart"][0] > 0.9 and found["apart"][1] > 0.7 and max(found["apart"][4:]) < 0.05  # two "in part"
    two = np.sqrt((np.array(found["answer"])[:2] ** 2).sum(axis=0))  # of each network's logit, in their plane
    assert (two > 0.7).all()


@pytest.mark.data
def test_a_part_of_it_is_found_again():
    """300 of the 2,000 reviews, and fewer still, have nearly the numbers of all."""
    net = shipped("lstm_32", np.float32)
    _, test = imdb.load(num_words=10_000)
    ids = long_ones([review[-LENGTH:] for review in test[:2_000]])[:300]
    means = {part: np.full(net.cell.units, 0.5) for part in "ifo"}  # those are asked of no way that is compared
    found = ways(net, ids, means)
    for way, tolerance in (("deaf", 1.5), ("no_candidate", 0.3), ("no_loop", 0.3)):
        assert found[way]["half_life"] == pytest.approx(study.of("ways", way, "half_life")[0], abs=tolerance)
    assert carried(net, ids)["belt"] == pytest.approx(study.of("carried", "belt")[0], abs=0.01)


def test_contrast_moves_no_part_as_a_group_and_negation_the_candidate_beyond_a_bad_sign():
    """Moves: fewer than 50 of 1,000 drawn groups reach as far, in each of the five networks."""

    def reach(group, part, kind):
        return study.of("groups", "found", group, part, kind, "reach")

    for part in "figo":
        assert (reach("praise", part, "count") == 0).all() and (reach("scorn", part, "count") == 0).all()
        assert (reach("negation", part, "count") < 50).all()
        under = (reach("negation", part, "positive") < 50).sum()
        assert under == (5 if part == "g" else 4)
        for kind in ("count", "positive"):
            assert not (reach("contrast", part, kind) < 50).all()


def test_the_belts_move_in_a_plane_and_its_first_direction_is_the_opinion():
    share, answer = study.of("plane", "share"), study.of("plane", "answer")
    assert (share[0] > 0.8).all() and (share.sum(axis=0) > 0.93).all() and (answer[0] > 0.98).all()
    places = study.of("plane", "places")  # (looks, reviews, 2, S)
    assert np.ptp(places[0], axis=0).max() == 0  # after the start token all are at one place
    liked = np.array(study.result()["plane"]["positive"], bool)
    assert (places[-1][liked, 0].mean(axis=0) > places[-1][~liked, 0].mean(axis=0) + 3).all()
    second = places[:, :, 1].mean(axis=1)  # (looks, S)
    assert (second[0] > 1.5).all() and (second[8] < second[0] / 2).all()  # after 30 words it has fallen
    assert (np.diff(second[:9], axis=0) < 0).all()
