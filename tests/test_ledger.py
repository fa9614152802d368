"""The account of words: each in one column, whatever its characters have become."""

from hypothesis import given
from hypothesis import strategies as st

from converter.ledger import DROPPED, FIELD, STRUCTURE, TEXT, account

CLAIMED = st.lists(
    st.tuples(st.sampled_from("ab \n\xa0"), st.sampled_from((0, TEXT, FIELD, STRUCTURE, DROPPED)))
)


def column(claims):
    """Return the column of a word whose characters have these ``claims``."""
    if {TEXT, FIELD} & claims:
        return "kept"
    return "structure" if STRUCTURE in claims else "dropped" if DROPPED in claims else "none"


@given(CLAIMED)
def test_a_word_counts_once_by_the_best_claim_on_its_characters(characters):
    text = "".join(character for character, _ in characters)
    words = [set()]
    for character, claim in characters:
        words.append(set()) if character.isspace() else words[-1].add(claim)
    columns = [column(claims) for claims in words if claims]
    found = account(text, bytes(claim for _, claim in characters), ())
    assert found.words == len(columns)
    assert found.kept == columns.count("kept")
    assert found.structure == columns.count("structure")
    assert found.dropped == columns.count("dropped")
