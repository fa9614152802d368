"""Editions that pandoc renders: Word, OpenDocument, LaTeX and plain text.

1. ``book.blocks``   the book as pandoc's document; a ``Form`` decides what differs between formats
2. ``pandoc``        that document in the format, by the one process that all share
3. the writer        what pandoc cannot say of notes, comments and properties, put in

See https://hackage.haskell.org/package/pandoc-types/docs/Text-Pandoc-Definition.html.
"""
