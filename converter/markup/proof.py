"""The end of reading: the ledger of a document's pages, and the proof that no word was lost."""

from collections import Counter
from collections.abc import Iterable

from converter.ledger import Ledger, total
from converter.markup.page import Page
from converter.model import Document, Prov
from converter.report import Report
from converter.walk import plain_text


def prove(
    document: Document,
    pages: Iterable[Page],
    report: Report,
    *,
    texts: Iterable[str] = (),
    fields: Iterable[str] = (),
) -> None:
    """Set the ledger of ``report`` to the account of ``document``, and prove it.

    ``texts`` are values that are text of the model though no page shows them, such as a title
    from the head of a page; ``fields`` are the values of its other fields that no page shows.
    Reports ``words-differ`` where the model holds other words than the pages say they kept.
    """
    held = Counter(plain_text([document]).split())
    kept = Counter(word for text in texts for word in text.split())
    values = sum(len(text.split()) for text in fields) + kept.total()
    ledgers = [Ledger(words=values, kept=values)]
    for page in pages:
        kept.update(page.kept_words())
        ledgers.append(page.ledger())
    report.ledger = total(ledgers)
    if kept != held:
        lost, added = sorted((kept - held).elements()), sorted((held - kept).elements())
        report.error(
            "words-differ",
            f"read {lost[:5]} that the document lacks, made up {added[:5]}: a fault in converter",
            prov=Prov(document.source),
        )
