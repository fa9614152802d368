"""Where the pictures of a document are."""

from pathlib import Path

from converter.model import Document, Image


def picture_file(image: Image, document: Document) -> Path | None:
    """Return the file of ``image``, None if there is none.

    Only files in the folder of the document's source or below are taken: a source from elsewhere
    must not bring the files of this machine into an edition.
    """
    folder = Path(document.source).parent.resolve()
    try:
        path = (folder / image.src).resolve()
        return path if path.is_relative_to(folder) and path.is_file() else None
    except (OSError, ValueError):
        # Too long for a name, or with characters that no file can have: a data URL, say.
        return None
