"""Drawings in SVG, with nothing in them that acts or reaches out.

nh3 keeps the elements and attributes listed here and drops all others: scripts, handlers, foreign
content, animations. Style sheets and addresses that lead out of the drawing are refused to it.
"""

import re
from typing import Final

import nh3
from lxml import etree

from converter.source import Refusal

SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_XLINK_HREF: Final = f"{{{_XLINK}}}href"
# Some programs go by the prefix alone.
etree.register_namespace("xlink", _XLINK)

# https://www.w3.org/TR/SVG2/eltindex.html without what acts, reaches out or holds foreign markup.
_ELEMENTS: Final = (
    "svg g defs symbol use switch title desc style path rect circle ellipse line polyline polygon "
    "text tspan textPath linearGradient radialGradient stop pattern clipPath mask marker view "
    "filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix "
    "feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB "
    "feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight "
    "feSpecularLighting feSpotLight feTile feTurbulence"
)
# https://www.w3.org/TR/SVG2/attindex.html and https://www.w3.org/TR/SVG2/propidx.html.
_ATTRIBUTES: Final = (
    "xmlns id class style lang href viewBox preserveAspectRatio version width height x y x1 y1 x2 "
    "y2 cx cy r rx ry fx fy fr d points pathLength transform gradientTransform gradientUnits "
    "spreadMethod offset patternUnits patternContentUnits patternTransform clipPathUnits "
    "maskUnits maskContentUnits markerUnits markerWidth markerHeight refX refY orient dx dy "
    "rotate textLength lengthAdjust startOffset method spacing side alignment-baseline "
    "baseline-shift clip clip-path clip-rule color color-interpolation "
    "color-interpolation-filters cursor direction display dominant-baseline fill fill-opacity "
    "fill-rule filter flood-color flood-opacity font-family font-size font-size-adjust "
    "font-stretch font-style font-variant font-weight glyph-orientation-vertical "
    "image-rendering letter-spacing lighting-color marker-end marker-mid marker-start mask "
    "mask-type opacity overflow paint-order pointer-events shape-rendering stop-color "
    "stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin "
    "stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration text-overflow "
    "text-rendering unicode-bidi vector-effect visibility white-space word-spacing writing-mode "
    "filterUnits primitiveUnits in in2 result mode type values tableValues slope intercept "
    "amplitude exponent operator k1 k2 k3 k4 order kernelMatrix divisor bias targetX targetY "
    "edgeMode kernelUnitLength preserveAlpha surfaceScale diffuseConstant specularConstant "
    "specularExponent scale xChannelSelector yChannelSelector azimuth elevation limitingConeAngle "
    "pointsAtX pointsAtY pointsAtZ stdDeviation radius seed numOctaves baseFrequency stitchTiles "
    "z dur role aria-label aria-hidden"
)
# What may stand in a style: addresses in it lead to places in the drawing.
_REACHES_OUT: Final = re.compile(
    r"[\\@<]|/\*|expression\(|image(?:-set)?\(|url\(\s*(?![\s\"']*#)", re.IGNORECASE
)
_START: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>\s*)*<(?:\w+:)?svg\b",
    re.DOTALL,
)
# Drawings that use parts that use parts can stand for more than any machine draws.
_MOST_DRAWN: Final = 200_000
_DEEPEST: Final = 100


def is_svg(content: bytes) -> bool:
    """Whether ``content`` begins like a drawing in SVG."""
    return bool(_START.match(content.removeprefix(b"\xef\xbb\xbf")[:65536]))


def safe_svg(content: bytes, src: str) -> bytes | Refusal:
    """Return the drawing ``content`` without anything that acts or reaches out of it."""
    root = _parse(content)
    if root is None:
        return Refusal(f"{src} is a damaged drawing, or one that declares entities")
    plain = etree.tostring(_plain(root), encoding="unicode")
    cleaned = nh3.clean(
        plain,
        tags=set(_ELEMENTS.split()),
        clean_content_tags={"script", "foreignObject", "metadata"},
        attributes={"*": set(_ATTRIBUTES.split())},
        attribute_filter=_filtered,
        url_schemes=set(),
        link_rel=None,
    )
    drawing = _parse(cleaned.replace("&nbsp;", "&#160;").encode())
    if drawing is None or etree.QName(drawing).localname != "svg":
        return Refusal(f"{src} is a drawing of which nothing safe is left")
    _drop_sheets(drawing)
    if _drawn(drawing) > _MOST_DRAWN:
        return Refusal(f"{src} is a drawing of more than {_MOST_DRAWN:,} parts, or too deep a one")
    _name_targets(drawing)
    return etree.tostring(drawing, encoding="utf-8", xml_declaration=True)


def _parse(content: bytes) -> etree._Element | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    declared = root.getroottree().docinfo.internalDTD
    entities = () if declared is None else declared.entities()  # type: ignore[union-attr] # not in the stubs
    return None if entities else root


def _plain(root: etree._Element) -> etree._Element:
    """Return the elements of SVG in ``root`` by their bare names, as HTML has them."""
    made = _bare(root)
    open_ = [(iter(root), made)]
    while open_:
        rest, parent = open_[-1]
        child = next(rest, None)
        if child is None:
            open_.pop()
        elif isinstance(child.tag, str) and etree.QName(child).namespace in (SVG, None):
            new = _bare(child)
            parent.append(new)
            open_.append((iter(child), new))
        elif child.tail:
            _append_text(parent, child.tail)
    return made


def _bare(element: etree._Element) -> etree._Element:
    bare = etree.Element(f"{{{SVG}}}{etree.QName(element).localname}", nsmap={None: SVG})  # type: ignore[dict-item] # None is the default
    for name, value in element.attrib.items():
        if name == _XLINK_HREF:
            bare.set("href", element.get("href", value))
        elif "}" not in str(name):
            bare.set(name, value)
    bare.text, bare.tail = element.text, element.tail
    return bare


def _append_text(parent: etree._Element, text: str) -> None:
    try:
        last = parent[-1]
    except IndexError:  # to ask first counts all that there is
        parent.text = (parent.text or "") + text
    else:
        last.tail = (last.tail or "") + text


def _filtered(_: str, name: str, value: str) -> str | None:
    """Return the value of an attribute, None if it leads out of the drawing."""
    if name == "href":
        return value if value.startswith("#") else None
    return value if name == "xmlns" or not _REACHES_OUT.search(value) else None


def _drop_sheets(drawing: etree._Element) -> None:
    """Take out the style sheets that lead out of the drawing."""
    for sheet in list(drawing.iter("{*}style")):
        parent = sheet.getparent()
        if parent is not None and (len(sheet) or _REACHES_OUT.search(sheet.text or "")):
            parent.remove(sheet)


def _drawn(drawing: etree._Element) -> int:
    """Return how many elements are drawn once every use of a part stands for that part."""
    named = {name: element for element in drawing.iter() if (name := element.get("id"))}
    counts: dict[etree._Element, int] = {}

    def count(element: etree._Element, depth: int) -> int:
        if depth > _DEEPEST:
            return _MOST_DRAWN + 1  # one that uses itself, say
        if element not in counts:
            used = named.get((element.get("href") or "")[1:])
            parts = (*element, *(() if used is None else (used,)))
            counts[element] = 1 + sum(count(part, depth + 1) for part in parts)
        return counts[element]

    return count(drawing, 1)


def _name_targets(drawing: etree._Element) -> None:
    """Give the parts that are used by the attribute that old programs look for, too."""
    for element in drawing.iter():
        if target := element.get("href"):
            del element.attrib["href"]
            element.set(_XLINK_HREF, target)
