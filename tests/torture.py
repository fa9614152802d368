"""A book in which everything occurs that editions break on: ``torture()``."""

from typing import get_args

from converter.model import (
    Block,
    Book,
    Cell,
    Code,
    CodeBlock,
    Comment,
    Definition,
    DefinitionList,
    Document,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    LineBlock,
    LineBreak,
    Link,
    List,
    ListItem,
    Math,
    Name,
    Note,
    NoteRef,
    PageBreak,
    Paragraph,
    ParagraphRole,
    Part,
    Quote,
    Reference,
    Row,
    Rule,
    Section,
    SmallCaps,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Underline,
)
from tests.strategies import PICTURES

SCRIPTS = {
    "ar": "وصل السفير إلى المدينة مساء اليوم، وكتب في دفتره رقم 12 أنّ البحر هادئ.",
    "he": "השגריר הגיע אל העיר בערב, וכתב ביומנו שהים שקט.",
    "fa": "سفیر شامگاه به شهر رسید و نوشت که دریا آرام است.",
    "zh": "大使于傍晚抵达，他在日记中写道：海面平静。",
    "ja": "大使は夕方に到着し、日記に「海は静かだ」と書いた。",
    "hi": "राजदूत शाम को शहर पहुँचे और लिखा कि समुद्र शांत है।",
}


ROLES: tuple[ParagraphRole, ...] = get_args(ParagraphRole)


def words(count: int, seed: str = "word") -> str:
    """Return ``count`` words, no two of them alike."""
    return " ".join(f"{seed}{number}" for number in range(1, count + 1))


def paragraph(*parts: str | Inline) -> Paragraph:
    return Paragraph(tuple(Text(part) if isinstance(part, str) else part for part in parts))


def note(name: str, *blocks: Block | str, label: str = "1") -> Note:
    made = (paragraph(block) if isinstance(block, str) else block for block in blocks)
    return Note(name, label, tuple(made))


def _calls() -> Document:
    """One note called five times; notes in notes; in titles, tables, comments; never called."""
    five = NoteRef("five")
    return Document(
        "calls",
        title=(Text("A title with a note"), NoteRef("title"), Text(" and "), five),
        number="17a",
        subject=(Text("Subject & <markup>"), five),
        front=(paragraph("711.94/1092: Telegram"), PageBreak("xiv")),
        children=(
            paragraph(
                "Called once",
                five,
                ", twice",
                five,
                " and through a ",
                Link((Text("link"), NoteRef("inlink")), "https://example.org/a b?q=é&x=1"),
            ),
            Table(
                (
                    Row(
                        (
                            Cell((paragraph("Head"),), header=True),
                            Cell((paragraph("Sum", NoteRef("cell")),), header=True),
                        )
                    ),
                    Row((Cell((paragraph("wide", five),), colspan=2),)),
                ),
                caption=(Text("A table"), NoteRef("caption")),
            ),
            List(
                (
                    ListItem((paragraph("one", NoteRef("nest1")),)),
                    ListItem((paragraph("a)"), paragraph("two")), marker="b)"),
                ),
                ordered=True,
                start=3,
            ),
            DefinitionList((Definition((Text("term"),), (paragraph("meaning"),)),)),
            Quote((paragraph("quoted"), Quote((paragraph("twice"),)))),
            LineBlock(((Text("line one"),), (Text("line two"), PageBreak("[12]")))),
            paragraph(
                "bad ",
                Link((Text("script"),), "javascript:alert(1)"),
                " and ",
                Math("x^2"),
                LineBreak(),
                Name((Text("Ann"),), "person"),
            ),
            Rule(),
        ),
        notes=(
            note("five", "Five times called.", label="*"),
            note("title", "On the title.", label="1"),
            note("cell", "On the cell.", label="†"),
            note("caption", "On the caption.", label="17a"),
            note("inlink", "In a link.", label="2"),
            note("nest1", paragraph("Outer", NoteRef("nest2"), " note."), label="3"),
            note("nest2", paragraph("Middle", NoteRef("nest3"), " note."), label="4"),
            note("nest3", "Inner note.", label="5"),
            note("never", "Never called.", label="6"),
            note("nolabel", "Without a mark.", label=""),
            note("list", List((ListItem((paragraph("only a list"),)),)), label="7"),
            note("empty", label="8"),
            note("in comment", "Called from a comment.", label="9"),
            note("twenty", *[words(20, f"p{n}x") for n in range(20)], label="10"),
        ),
        comments=(
            Comment(
                "c 1",
                (
                    paragraph(
                        "A comment",
                        NoteRef("in comment"),
                        NoteRef("twenty"),
                        NoteRef("list"),
                        NoteRef("empty"),
                        NoteRef("nolabel"),
                    ),
                    Heading((Text("Loud"),), 4),
                ),
                author="Ann <&>",
                likes=1,
                url="https://example.org/?p=1#c1",
                date="2011-03-03",
            ),
        ),
    )


def _pages() -> Document:
    """Roman, bracketed, repeated and empty labels, in a row and inside words."""
    labels = ("iii", "iv", "1", "2", "2", "[3]", "", "", "3", "A&B <4>")
    blocks: list[Block] = [PageBreak(label) for label in labels]
    return Document(
        "pages",
        title=(Text("Pages"), PageBreak("ii")),
        children=(
            *blocks,
            paragraph("Head", PageBreak("5"), "quarters ", PageBreak("6"), PageBreak("7")),
            paragraph(
                "See ",
                Reference((Text("the table"),), "calls", page="xiv"),
                " and ",
                Reference((Text("its note"),), "calls", note="nest3"),
                " and ",
                Reference((Text("nothing"),), "nowhere"),
            ),
        ),
        language="la",
    )


def _many_notes() -> Document:
    calls = [part for n in range(1000) for part in (Text(f" w{n}"), NoteRef(f"n{n}"))]
    notes = (note(f"n{n}", words(20, f"n{n}x"), label=str(n % 9 + 1)) for n in range(1000))
    return Document(
        "thousand",
        title=(Text("A thousand notes on a page"),),
        children=(Paragraph(tuple(calls)),),
        notes=tuple(notes),
    )


def _long_text() -> Document:
    """Return a text above 300 kB, with nested sections and a heading that skips ranks."""
    inner = tuple(paragraph(words(400, f"s{n}y")) for n in range(160))
    section = Section(
        (
            paragraph("Opening"),
            Section(inner, Heading((Text("Inner"),))),
            Heading((Text("Deep"),), 4),
        ),
        Heading((Text("Outer"), NoteRef("late"))),
    )
    return Document(
        "long", title=(Text("Long"),), children=(section,), notes=(note("late", "Late."),)
    )


def _deep_thread() -> Document:
    """60 levels, orphans at depth, comments of 10,000 words, pingbacks."""
    chain = [
        Comment(
            f"d{n}",
            (paragraph(words(5, f"d{n}z")),),
            parent=f"d{n - 1}" if n > 1 else None,
            depth=n,
            author=f"Reader {n}",
        )
        for n in range(1, 61)
    ]
    others = [
        Comment("o1", (paragraph("An orphan three levels down."),), depth=3, orphan=True),
        Comment("o2", (paragraph("Its reply."),), parent="o1", depth=4),
        Comment("after", (paragraph("A reply to the very first."),), parent="d1", depth=2),
        Comment("ping", (paragraph("[…] as others say […]"),), kind="pingback", author="Elsewhere"),
        *[
            Comment(
                f"long{n}",
                (paragraph(words(5_000, f"l{n}u")), paragraph(words(5_000, f"m{n}v"))),
                parent="ping" if n else None,
                depth=2 if n else 1,
            )
            for n in range(6)
        ],
    ]
    return Document(
        "thread",
        title=(Text("A thread"),),
        children=(paragraph("It began."),),
        comments=(*chain, *others),
        declared_comments=99,
    )


def _deep_blocks() -> Document:
    block: Block = paragraph("the innermost words")
    for _ in range(300):
        block = Quote((block,))
    return Document("deep", title=(Text("Deep quotations"),), children=(block,))


def _scripts() -> tuple[Document, ...]:
    return tuple(
        Document(
            f"script-{language}",
            title=(Text(text),),
            children=(paragraph(text, NoteRef("n")), paragraph("👩‍👩‍👧 é ñ̃ \U0001d518")),
            notes=(note("n", text),),
            language=language,
        )
        for language, text in SCRIPTS.items()
    )


def _titles() -> tuple[Document, ...]:
    return (
        Document(
            "long-title",
            title=(Text(words(90, "tit")), NoteRef("n")),
            notes=(note("n", "On a long title."),),
        ),
        Document(
            "untitled",
            children=(paragraph("First words of a text that has no title of its own at all"),),
        ),
        Document("empty"),
        Document(
            "../../Ünïcode id\x01",
            title=(Emphasis((Text("Odd "), Strong((Text("id"),)))),),
            children=(paragraph("nul\x00 and \ud800 surrogate"),),
        ),
    )


def _kinds() -> Document:
    """Every kind of node, in itself and in others."""
    name = Name((Text("Ann "), SmallCaps((Text("Example"),))), "person", "example-ann")
    styles = (Emphasis, Strong, SmallCaps, Superscript, Subscript, Strikeout, Underline)
    styled = [style((Text(style.__name__), NoteRef("kinds"))) for style in styles]
    formulas = (Math(r"\frac{a}{b} < 1"), Math(r"\sum_{i=0}^{n} i^2", display=True))
    return Document(
        "kinds",
        title=(Emphasis((Text("Kinds"), NoteRef("kinds"))), Text(" of "), name),
        number="xii",
        front=(Paragraph((Text("Secret"),), "source"),),
        children=(
            *(Paragraph((Text(role.capitalize()),), role) for role in ROLES),
            paragraph("In ", *styled, " and ", Code("a < b"), ": ", *formulas),
            paragraph(
                name,
                ", the ",
                Name((Text("Harbour Office"),), "organization"),
                " at ",
                Name((Text("Ferrytown"),), "place"),
                " and its ",
                Name((Text("toll"),), "term", "toll"),
            ),
            paragraph(
                Link((Text("brackets"),), "https://example.org/a_(b)#c"),
                " and ",
                Link((Text("half of them"),), "https://example.org/a)b(c"),
            ),
            CodeBlock("if a < b:\n    row()\n", "python"),
            Section(
                (paragraph("Enclosed", NoteRef("kinds")), Section((Heading((Text("Inner"),)),))),
                Heading((Text("Enclosure"), NoteRef("kinds"))),
                "attachment",
            ),
            Figure(Image("no-such-picture.png", "A ferry"), (paragraph("The ferry."),)),
            paragraph("Without a text: ", Image("no-such-picture.png")),
            *(Figure(Image(name, "A lamp"), (paragraph("The lamp."),)) for name in PICTURES),
            paragraph("In a line: ", *(Image(name) for name in PICTURES), " and on"),
            List(
                (
                    ListItem((paragraph("one"), List((ListItem((paragraph("inner"),)),)))),
                    ListItem((PageBreak("xiii"), paragraph("two"))),
                    ListItem((Table((Row((Cell((Rule(),)), Cell(()))),)),), marker="—"),
                )
            ),
            Table(
                (
                    Row((Cell((paragraph("a"), paragraph("b")), rowspan=2), Cell(()))),
                    Row((Cell((List((ListItem((paragraph("in a cell"),)),)),)),)),
                )
            ),
        ),
        notes=(
            note(
                "kinds",
                Quote((paragraph("A note that is a quotation"),)),
                CodeBlock("with code"),
                Table((Row((Cell((paragraph("and a table"),)),)),)),
                label="‡",
            ),
        ),
        comments=(
            Comment("review", (paragraph("Is it so?"),), kind="review", date="2011-03-03T14:05:09"),
        ),
        pictures=tuple(PICTURES.values()),
        authors=("Ann Example", "Bo & Co."),
        date="1931-03-03",
        tags=("ferries, tolls", "winter"),
        collection="The Ferry Papers",
        url="https://example.org/kinds",
        source="kinds.txt",
    )


def torture() -> Book:
    """Return a book of all this."""
    return Book(
        f"Torture: {words(60, 'title')}",
        (
            Part((_calls(), _pages(), _kinds()), "Apparatus & <marks>"),
            Part((), "A part of chapters"),
            Part((_many_notes(), _long_text(), _deep_blocks()), "Sizes", level=2),
            Part((_deep_thread(),), "Threads", level=2),
            Part((*_scripts(), *_titles())),
        ),
        authors=("Ann Example", "בן דוגמה"),
        rights="© nobody & all",
        date="1983-03-01",
        modified="1983-03-01T00:00:00Z",
        identifier="urn:uuid:8c1ab1c4-6a1a-4b0f-9d1e-2f6f4e7b8a90",
    )
