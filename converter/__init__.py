"""Documents with an apparatus, turned into e-books, printable PDFs and Markdown, whole."""
