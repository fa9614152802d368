"""The dialect of WordPress posts: block comments, short codes, and notes kept beside the post."""

import html
import json
import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from converter.model import Prov
from converter.report import Report

# https://developer.wordpress.org/block-editor/explanations/architecture/key-concepts/#delimiters
_BLOCK: Final = "<!-- wp:"
_DYNAMIC: Final = re.compile(r"<!-- wp:([a-z][a-z0-9/-]*)(?:\s+\{.*?\})?\s*/-->", re.DOTALL)
_STATIC: Final = frozenset(
    {"footnotes", "more", "nextpage", "spacer", "separator", "block", "gallery", "pattern"}
)
# A short code that is not closed ends nowhere: the next of its name begins another.
_CAPTION: Final = re.compile(
    r"(?<!\[)\[(?:wp_)?caption(?P<attributes>[^\]]*)\]"
    r"(?P<inside>(?:(?!\[(?:wp_)?caption\b).)*?)\[/(?:wp_)?caption\]",
    re.DOTALL,
)
_PICTURE: Final = re.compile(
    r"\s*(?P<picture>(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)\s*(?P<caption>.*)", re.DOTALL
)
_NOTE: Final = re.compile(
    r"\s*(?<!\[)\[(?P<name>ref|footnote|fn|mfn|efn_note|sidenote)(?:\s[^\]]*)?\]"
    r"(?P<text>(?:(?!\[(?P=name)[\s\]]).)*?)\[/(?P=name)\]",
    re.DOTALL,
)
_ROUND_NOTE: Final = re.compile(r"(?<=[\w.,;:!?”’\")>])\(\((?P<text>[^()]*\s[^()]*)\)\)")
_NOTES_HERE: Final = re.compile(r"(?<!\[)\[(?:footnotes|references|footnote_list|fn_list)\s*/?\]")
_GALLERY: Final = re.compile(r"(?<!\[)\[gallery(?P<attributes>[^\]]*)\]")
_EMBED: Final = re.compile(r"(?<!\[)\[embed[^\]]*\]\s*(?P<url>\S+?)\s*\[/embed\]")
_MEDIA: Final = re.compile(
    r"(?<!\[)\[(?P<name>audio|video|playlist)(?P<attributes>[^\]]*)\]"
    r"(?:(?:(?!\[(?P=name)\b).)*?\[/(?P=name)\])?",
    re.DOTALL,
)
_ESCAPED: Final = re.compile(r"\[(\[[a-z][\w-]*[^\[\]]*\])\]")
_ATTRIBUTE: Final = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))""")
_UNKNOWN: Final = re.compile(r"\[/?([a-z][\w-]*)(?:\s+[\w-]+\s*=\s*[\"'][^\]]*)\]")


class Attachment(NamedTuple):
    """A file of the library: where it is, what it is called, the post that it was added to."""

    url: str
    title: str
    post: str = ""


class Content(NamedTuple):
    """The content of a post as plain HTML; ``breaks`` if line feeds in it mean line breaks."""

    html: str
    breaks: bool


def read_content(
    content: str,
    report: Report,
    *,
    post: str = "",
    library: Mapping[str, Attachment] | None = None,
    place: Prov | None = None,
) -> Content:
    """Return ``content`` of the post with the id ``post``, its short codes turned into HTML.

    What stands for something that is made when a page is shown is left out, with a message.
    """
    breaks = _BLOCK not in content
    for name in dict.fromkeys(_DYNAMIC.findall(content)):
        if name not in _STATIC:
            text = f"the block {name!r} is made when the page is shown; the source holds no text"
            report.info("dynamic-block", text, prov=place)
    markup = _CAPTION.sub(_figure, content)
    markup = _NOTES_HERE.sub("", _NOTE.sub(_note, markup))
    markup = _ROUND_NOTE.sub(_note, markup)
    markup = _EMBED.sub(_link, markup)
    markup = _GALLERY.sub(lambda found: _gallery(found, post, library or {}), markup)
    for found in _MEDIA.finditer(markup):
        text = f"{found['name']} {_source(found['attributes'])}has no place in a book"
        report.info("media-left-out", text, prov=place)
    markup = _MEDIA.sub("", markup)
    for name in dict.fromkeys(_UNKNOWN.findall(markup)):
        text = f"the short code [{name}] is not known and stays as it is"
        report.info("unknown-shortcode", text, prov=place)
    return Content(_ESCAPED.sub(r"\1", markup), breaks)


def notes_list(footnotes: str) -> str:
    """Return the list of notes that the footnotes block keeps in a field of its post, as HTML."""
    try:
        notes = json.loads(footnotes)
    except ValueError:
        return ""
    if not isinstance(notes, list):
        return ""
    items = "".join(
        f'<li id="{html.escape(str(note.get("id", "")))}">{note.get("content", "")}</li>'
        for note in notes
        if isinstance(note, dict)
    )
    return f'<ol class="wp-block-footnotes">{items}</ol>' if items else ""


def _attributes(text: str) -> dict[str, str]:
    return {found[1]: found[2] or found[3] or found[4] or "" for found in _ATTRIBUTE.finditer(text)}


def _figure(found: re.Match[str]) -> str:
    picture = _PICTURE.fullmatch(found["inside"])
    given = _attributes(found["attributes"]).get("caption", "")
    inside = picture["picture"] if picture else found["inside"]
    caption = (picture["caption"] if picture else "").strip() or html.unescape(given)
    return f"<figure>{inside}<figcaption>{caption}</figcaption></figure>"


def _note(found: re.Match[str]) -> str:
    return f'<span class="shortcode-note">{found["text"].strip()}</span>'


def _link(found: re.Match[str]) -> str:
    address = html.escape(html.unescape(found["url"]))
    return f'<p><a href="{address}">{address}</a></p>'


def _gallery(found: re.Match[str], post: str, library: Mapping[str, Attachment]) -> str:
    """Return the pictures of a gallery as a list of links: they are not in the source."""
    named = _attributes(found["attributes"])
    ids: Sequence[str] = re.findall(r"\d+", named.get("ids") or named.get("include") or "")
    if not ids:
        parent = named.get("id") or post
        ids = [key for key, each in library.items() if parent and each.post == parent]
    items = "".join(
        f'<li><a href="{html.escape(library[key].url)}">{html.escape(library[key].title)}</a></li>'
        for key in ids
        if key in library
    )
    return f"<ul>{items}</ul>" if items else ""


def _source(attributes: str) -> str:
    named = _attributes(attributes)
    address = next((named[key] for key in ("src", "mp3", "mp4", "ogg", "m4a") if key in named), "")
    return f"from {address} " if address else ""
