from converter.readers.text.explain import explain
from converter.source import Source, open_source

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


def test_lines_dropped_by_hand_and_comments_call_no_notes(tmp_path):
    text = (
        TEXT.replace("One came", "Page 8.\n\nOne came")
        + "\n2 Comments\n\n  1. Ann says:\n\n     No.19\n"
    )
    (tmp_path / "memo.txt").write_text(text, encoding="utf8")
    fix = '[[drop]]\nline = 3\ntext = "Page 8."\n'
    (tmp_path / "memo.txt.fix.toml").write_text(fix, encoding="utf8")
    explanations = explain(open_source(tmp_path / "memo.txt"))
    assert [each.linked for each in explanations] == [True, True]
    assert {place.line for each in explanations for place in each.candidates} == {5}
