"""Pictures as part of an edition: addresses that hold the bytes themselves."""

from base64 import b64encode

from converter.model import Document, Image
from converter.writers.pictures import picture_of


def data_url(image: Image, document: Document) -> str | None:
    """Return ``image`` as a data URL, None if the document does not hold it.

    See https://www.rfc-editor.org/rfc/rfc2397.
    """
    picture = picture_of(image, document)
    if picture is None:
        return None
    return f"data:{picture.media_type};base64,{b64encode(picture.data).decode()}"
