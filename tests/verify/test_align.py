"""Two sequences side by side."""

import random
from itertools import pairwise

from converter.verify.align import Gap, gaps, gaps_in_letters, joined, pairs
from converter.verify.reading import CALL, PAGE


def words(text):
    return text.split()


def test_like_sequences_have_no_gap():
    assert list(gaps(["a", "b"], ["a", "b"])) == []
    assert list(gaps([], [])) == []


def test_lost_added_and_changed_elements_are_gaps_where_they_are():
    one = words("the ferry sails at dawn and at dusk")
    other = words("the old ferry sails at dawn at night")
    assert list(gaps(one, other)) == [Gap(1, 1, 1, 2), Gap(5, 6, 6, 6), Gap(7, 8, 7, 8)]


def test_pairs_are_in_order_and_alike():
    draw = random.Random(7)
    one = [str(draw.randrange(300)) for _ in range(5000)]
    other = [word for word in one if draw.random() > 0.01]
    other[1000:1000] = ["new"] * 40
    found = list(pairs(one, other))
    assert all(one[a] == other[b] for a, b in found)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))
    assert len(found) > len(one) * 0.97


def test_what_lies_close_together_is_joined():
    near, far = Gap(0, 1, 0, 1), Gap(40, 41, 40, 41)
    plain = ["a"] * 41
    assert list(joined([near, Gap(3, 4, 3, 4), far], 2, plain)) == [Gap(0, 4, 0, 4), far]
    called = ["a"] * 4 + [CALL] * 35 + [f"{PAGE}7", "a"]
    assert list(joined([near, Gap(3, 4, 3, 4), far], 2, called)) == [Gap(0, 41, 0, 41)]
    assert list(joined([], 2, [])) == []


def test_same_letters_in_other_words_are_no_gap():
    one = words("half-forgotten quayquayquay end")
    other = words("half- forgotten quay quayquay end")
    assert list(gaps_in_letters(one, other)) == []
    assert list(gaps_in_letters(one, words("half- forgotten quay quaiquay end"))) == [
        Gap(1, 2, 2, 4)
    ]
