"""What an outcome depends on, and what it does not."""

from converter.batch import identity


def test_a_source_is_its_bytes_and_the_files_that_bear_its_name(tmp_path):
    memo = tmp_path / "memo.txt"
    memo.write_bytes(b"oil")
    (tmp_path / "memo.txt.fix.toml").write_bytes(b"")
    (tmp_path / "memo.txu").write_bytes(b"")
    (tmp_path / "a.txt").write_bytes(b"")
    names = [entry.partition(" ")[0] for entry in identity.source(memo)]
    assert names == ["memo.txt", "memo.txt.fix.toml"]


def test_a_file_of_corrections_without_the_ending_of_its_source_counts(tmp_path):
    for name in ("memo.txt", "memo.fix.toml", "memos.fix.toml"):
        (tmp_path / name).write_bytes(b"")
    names = [each.split()[0] for each in identity.source(tmp_path / "memo.txt")]
    assert names == ["memo.txt", "memo.fix.toml"]


def test_keys_differ_where_anything_differs_and_not_with_the_order_of_names():
    assert identity.key("a", ("b",)) != identity.key("a", ("c",))
    assert identity.key("ab", "c") != identity.key("a", "bc")
    assert identity.key({"a": 1, "b": 2}) == identity.key({"b": 2, "a": 1})


def test_fonts_count_for_what_is_set_in_type_only(monkeypatch):
    monkeypatch.setattr(identity, "typesetting", lambda: "other fonts")
    set_in_type = identity.formats(("pdf",), None)
    plain = identity.formats(("epub",), None)
    monkeypatch.undo()
    assert identity.formats(("pdf",), None) != set_in_type
    assert identity.formats(("epub",), None) == plain


def test_another_date_of_the_build_makes_everything_another(monkeypatch):
    identity.program.cache_clear()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    first = identity.program()
    identity.program.cache_clear()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2")
    assert identity.program() != first
    identity.program.cache_clear()
