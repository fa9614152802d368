from converter.ledger import Drop, Ledger, total
from converter.model import Prov
from converter.report import Report


def test_a_message_reads_like_a_compilers():
    report = Report()
    report.warn("comment-count-differs", "29 declared, 27 found", prov=Prov("post.txt", 27))
    assert str(report.messages[0]) == (
        "post.txt:27: warning: 29 declared, 27 found [comment-count-differs]"
    )


def test_a_message_without_a_place_begins_with_its_level():
    report = Report()
    report.info("nothing-special", "all is well")
    assert str(report.messages[0]) == "info: all is well [nothing-special]"


def test_a_cut_takes_what_was_reported_and_starts_afresh():
    report = Report()
    report.error("lost", "a word is lost")
    report.ledger = Ledger(words=3, kept=3)
    first, second = report.cut(), report.cut()
    assert [message.level for message in first.messages] == ["error"]
    assert first.ledger.kept == 3
    assert second.messages == ()
    assert second.ledger == Ledger()


def test_a_ledger_balances_when_its_columns_add_up():
    assert Ledger(words=6, kept=3, structure=2, dropped=1).balanced
    assert not Ledger(words=6, kept=3, structure=2).balanced


def test_ledgers_add_up_column_by_column():
    drop = Drop("Leave a comment", "comment form", 9)
    ledgers = [Ledger(4, 2, 1, 1, (drop,)), Ledger(6, 6)]
    assert total(ledgers) == Ledger(10, 8, 1, 1, (drop,))
