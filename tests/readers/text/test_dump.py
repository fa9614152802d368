from converter.ledger import Ledger
from converter.readers.text.dump import Dump, split_lines


def test_lines_know_their_number_span_and_indentation():
    text = "Title\n\n  • point\n\tcode"
    lines = split_lines(text)
    assert [(line.number, line.indent, line.text) for line in lines] == [
        (1, 0, "Title"),
        (2, 0, ""),
        (3, 2, "• point"),
        (4, 8, "code"),
    ]
    assert [text[line.start : line.end] for line in lines] == ["Title", "", "• point", "code"]
    assert [line.blank for line in lines] == [False, True, False, False]


def test_every_word_counts_once_in_the_column_that_kept_most_of_it():
    dump = Dump("memo.txt", "Reagan1 1. Reply said")
    dump.keep(0, 6)
    dump.structure(6, 7)
    dump.structure(8, 10)
    dump.drop(11, 16, "reply link")
    dump.field(17, 21)
    ledger = dump.ledger()
    assert ledger.balanced
    assert (ledger.words, ledger.kept, ledger.structure, ledger.dropped) == (4, 2, 1, 1)
    assert [(drop.text, drop.reason, drop.line) for drop in ledger.drops] == [
        ("Reply", "reply link", 1)
    ]


def test_a_word_that_nobody_claims_unbalances_the_ledger_and_shows_among_the_kept():
    dump = Dump("memo.txt", "lost and found")
    dump.keep(0, 8)
    assert not dump.ledger().balanced
    assert dump.kept_words() == ["lost", "and", "found"]


def test_a_word_cut_by_markup_is_one_kept_word():
    dump = Dump("memo.txt", "lan[Page 7]tern")
    dump.keep(0, 3)
    dump.structure(3, 11)
    dump.keep(11, 15)
    assert dump.kept_words() == ["lantern"]


def test_places_count_lines_and_columns_from_one():
    dump = Dump("memo.txt", "one\n  two\nthree")
    assert str(dump.prov(6)) == "memo.txt:2"
    assert dump.prov(6).column == 3
    assert dump.prov(6, 15).end_line == 3


def test_an_empty_dump_has_an_empty_ledger():
    assert Dump("memo.txt", "").ledger() == Ledger()
