from converter.readers.text.explain import explain
from converter.source import Source

TEXT = "1. To Ben\n\nOne came19 in No. 1543 of May.20\n\n  1. By train.\n  2. Not printed.\n"


def test_each_note_lists_its_candidates_with_their_evidence_best_first():
    first, second = explain(Source("memo.txt", TEXT.encode()))
    assert (first.number, first.text, first.linked) == (1, "By train.", True)
    best = first.candidates[0]
    assert (best.line, best.mark, best.before[-8:], best.after[:2]) == (3, "19", "One came", "in")
    assert best.evidence[0] == ("after a word", 4.5)
    assert best.confidence > 0.5
    assert second.candidates[0].mark == "20"
    confidences = [candidate.confidence for candidate in second.candidates]
    assert confidences == sorted(confidences, reverse=True)


def test_a_document_without_notes_needs_no_explanation():
    assert explain(Source("memo.txt", b"A title\n\nAnd text.")) == ()
