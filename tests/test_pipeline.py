import pytest

from converter import pipeline, plugins
from converter.errors import SourceError, UsageError, WriteError
from converter.model import (
    Book,
    Cell,
    Document,
    Paragraph,
    Part,
    Prov,
    Quote,
    Reference,
    Row,
    Table,
    Text,
)
from converter.options import Options
from converter.report import Report
from converter.source import Source


def document(id_="memo", text="Oil is dear.", **fields):
    return Document(id=id_, children=(Paragraph((Text(text),), prov=Prov("a.txt", 3)),), **fields)


def bound(*documents, **fields):
    return pipeline.bind(Book("Lamps", (Part(documents),), **fields), Report())


class Failing:
    """A writer that dies half way."""

    suffix = ".out"

    def write(self, book, target, report, *, options):
        target.write_text("half")
        raise WriteError("no more paper", str(target))


def test_plain_text_is_read_by_the_text_reader():
    assert pipeline.choose_reader(Source("memo", b"1. A Memorandum\n")) == "text"


def test_a_source_of_no_known_kind_is_refused(monkeypatch):
    monkeypatch.setattr(pipeline, "readers", dict)
    with pytest.raises(SourceError, match="--from"):
        pipeline.choose_reader(Source("memo.xyz", b""))


def test_documents_of_one_name_get_ids_of_their_own():
    book = bound(document("memo"), document("memo"), document("memo-2"))
    assert [each.id for each in book.documents] == ["memo", "memo-2", "memo-2-2"]


def test_references_follow_the_documents_of_their_own_source():
    link = Reference((Text("there"),), "d2")
    sources = [
        Document(id=name, children=(Paragraph((link,)),), source=f"{volume}.xml#{name}")
        for volume in ("one", "two")
        for name in ("d1", "d2")
    ]
    book = bound(*sources)
    targets = [each.children[0].children[0].document for each in book.documents]
    assert [each.id for each in book.documents] == ["d1", "d2", "d1-2", "d2-2"]
    assert targets == ["d2", "d2", "d2-2", "d2-2"]


def test_a_book_is_never_of_a_time_that_is_none():
    assert bound(document(date="2001-02-03"), modified="soon").modified == "2001-02-03T00:00:00Z"


def test_a_books_identifier_lasts_as_long_as_its_text():
    moved = document()
    moved = Document(id="memo", children=(Paragraph((Text("Oil is dear."),)),), source="b.txt")
    assert bound(document()).identifier == bound(moved).identifier
    assert bound(document()).identifier != bound(document(text="Oil is cheap.")).identifier
    assert bound(document(), identifier="urn:isbn:1").identifier == "urn:isbn:1"


def test_a_book_is_dated_by_its_newest_document_never_by_the_clock(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert bound(document()).modified == ""
    dated = bound(document(date="1931-03-03"), document(date="1930-01-01"))
    assert dated.modified == "1931-03-03T00:00:00Z"


def test_source_date_epoch_dates_a_book(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert bound(document(date="1931-03-03")).modified == "1970-01-02T00:00:00Z"


def test_a_source_date_epoch_that_is_no_number_is_a_mistake(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(UsageError, match="yesterday"):
        bound(document())


def test_a_writer_that_fails_leaves_what_was_there_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(plugins, "writer", lambda name: Failing())
    target = tmp_path / "lamps.out"
    target.write_text("old")
    with pytest.raises(WriteError, match=f"^{target}: error: no more paper"):
        pipeline.write(bound(document()), target, "failing", Report(), Options())
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_an_edition_that_cannot_be_written_says_why(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(WriteError, match="cannot be written"):
        pipeline.write(bound(document()), tmp_path / "file" / "x.json", "json", Report(), Options())


def test_writing_twice_replaces_and_leaves_no_trace(tmp_path):
    target = tmp_path / "deep" / "lamps.json"
    for _ in range(2):
        pipeline.write(bound(document()), target, "json", Report(), Options())
    assert [path.name for path in target.parent.iterdir()] == ["lamps.json"]


class Forgetful:
    """A writer that loses a note."""

    suffix = ".md"

    def write(self, book, target, report, *, options):
        target.write_text("# Memo {#memo}\n\nOil is.\n", encoding="utf-8")


def test_an_edition_that_lost_a_word_is_not_kept_and_says_what_it_lost(tmp_path, monkeypatch):
    monkeypatch.setattr(plugins, "writer", lambda name: Forgetful())
    target = tmp_path / "lamps.md"
    target.write_text("old")
    with pytest.raises(WriteError, match=r"(?s)lamps\.md: error: was not kept.*dear"):
        pipeline.write(bound(document()), target, "markdown", Report(), Options())
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_an_edition_is_kept_unread_where_the_user_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(plugins, "writer", lambda name: Forgetful())
    target = tmp_path / "lamps.md"
    pipeline.write(bound(document()), target, "markdown", Report(), Options(verify=False))
    assert target.is_file()


def test_documents_stand_in_the_parts_that_their_source_puts_them_in():
    paths = [(), ("A",), ("A", "x"), ("A", "x"), ("A", "y"), ("A",), ("B", "x")]
    documents = [Document(id=str(index), part=path) for index, path in enumerate(paths)]
    found = [
        (part.level, part.title, [each.id for each in part.documents])
        for part in pipeline.parts_of(documents)
    ]
    assert found == [
        (1, "", ["0"]),
        (1, "A", ["1"]),
        (2, "x", ["2", "3"]),
        (2, "y", ["4"]),
        (2, "", ["5"]),
        (1, "B", []),
        (2, "x", ["6"]),
    ]


def test_a_book_of_several_documents_is_named_after_their_collection():
    documents = [document("a", collection="Lamp Papers"), document("b")]
    assert pipeline.book_of(documents).title == "Lamp Papers"
    assert pipeline.book_of(documents, title="Mine").title == "Mine"


def quotes(depth, text="Oil is dear."):
    block = Paragraph((Text(text),))
    for _ in range(depth):
        block = Quote((block,))
    return Document("deep", children=(block,))


class Deep:
    """A reader that lets sources nest as deep as they like, or goes too deep itself."""

    suffixes = ()

    def read(self, source, report):
        if not source.data:
            raise RecursionError
        yield quotes(int(source.data))


class Sinking:
    """A writer that goes too deep."""

    suffix = ".deep"

    def write(self, book, target, report, *, options):
        raise RecursionError


@pytest.mark.parametrize(
    ("data", "complaint"), [(b"500", "more than 150 deep.*see --limit nesting"), (b"", "too deep")]
)
def test_what_nests_too_deep_is_refused_whoever_reads_it(monkeypatch, data, complaint):
    monkeypatch.setattr(plugins, "reader", lambda _: Deep())
    with pytest.raises(SourceError, match=complaint):
        list(pipeline.read(Source("deep.x", data), "deep"))


class Wide:
    """A reader that makes tables of as many cells as its source says, each as wide as can be."""

    suffixes = ()

    def read(self, source, report):
        cells = (Cell((Paragraph((Text("a"),)),), colspan=1000, rowspan=1000),) * int(source.data)
        yield Document("wide", children=(Quote((Table((Row(cells),) * 2),)),))


def test_a_table_that_covers_more_than_can_be_made_is_refused_whoever_reads_it(monkeypatch):
    monkeypatch.setattr(plugins, "reader", lambda _: Wide())
    assert len(list(pipeline.read(Source("wide.x", b"80"), "wide"))) == 1
    with pytest.raises(SourceError, match="more than 250,000 places.*see --limit table-places"):
        list(pipeline.read(Source("wide.x", b"90"), "wide"))


def test_a_book_too_deep_for_transforms_or_writers_is_an_error(tmp_path, monkeypatch):
    with pytest.raises(SourceError, match="too deep"):
        bound(quotes(5000, "See Document 2."))
    monkeypatch.setattr(plugins, "writer", lambda _: Sinking())
    with pytest.raises(WriteError, match="too deep"):
        pipeline.write(bound(document()), tmp_path / "a", "deep", Report(), Options())


def test_a_book_of_one_document_without_title_is_called_by_its_first_words():
    assert pipeline.book_of([document()]).title == "Oil is dear."
    assert pipeline.book_of([document(title=(Text("Oil"),))]).title == "Oil"
    assert pipeline.book_of([document(text="")]).title == "memo"
