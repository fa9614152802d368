"""What surrounds the text of a page, by the roles, tags and classes that say so."""

import re
from typing import Final

from converter.markup.page import Element, classes

# https://www.w3.org/TR/wai-aria-1.2/#landmark_roles
_ROLES: Final = {
    "navigation": "navigation",
    "banner": "page header",
    "contentinfo": "page footer",
    "complementary": "sidebar",
    "search": "search form",
    "menu": "navigation",
    "menubar": "navigation",
    "toolbar": "navigation",
    "alertdialog": "notice",
}
_TAGS: Final = {
    "nav": "navigation",
    "search": "search form",
    "button": "controls",
    "select": "controls",
    "textarea": "controls",
    "dialog": "notice",
}
_NAMES: Final = {
    "navigation": (
        "navigation nav-links nav-menu navbar breadcrumb breadcrumbs pagination pager page-links "
        "post-navigation comment-navigation comments-pagination wp-block-comments-pagination "
        "site-navigation main-navigation skip-link mw-editsection mw-jump-link toc navbox "
        "noprint catlinks printfooter sidebar-navigation menu main-menu back-to-top "
        "older-comments newer-comments nav-previous nav-next post-nav headerlink header-anchor "
        "heading-anchor anchor-link anchorjs-link heading-link"
    ),
    "page header": "site-header masthead page-header-bar site-branding topbar",
    "page footer": "site-footer colophon site-info footer-widgets",
    "share buttons": (
        "sharedaddy sd-sharing sharing share-buttons share-bar share-links social-share "
        "social-sharing addtoany_share_save_container addtoany_content addthis_toolbox ssba "
        "shariff heateor_sss_sharing_container social-buttons post-share entry-share sharethis "
        "jp-likes-widget-wrapper jetpack-likes-widget-wrapper likes-widget-placeholder "
        "wp-block-social-links essb_links fb-like twitter-share-button"
    ),
    "cookie notice": (
        "cookie-notice cookie-banner cookie-consent cookie-bar cookiebar cookie-law-info-bar "
        "cky-consent-container cmplz-cookiebanner onetrust-banner-sdk onetrust-consent-sdk "
        "cookielaw gdpr-banner gdpr-cookie-notice eu-cookie-law cc-window cc-banner "
        "moove_gdpr_cookie_info_bar cookies cookie-popup cookieconsent"
    ),
    "comment form": (
        "respond comment-respond commentform comment-form comment-reply-title "
        "akismet_comment_form_privacy_notice wp-block-post-comments-form must-log-in "
        "subscribe-to-comments comment-subscription-form leave-a-reply"
    ),
    "comments closed": "no-comments nocomments comments-closed",
    "related posts": (
        "jp-relatedposts related-posts relatedposts yarpp-related yarpp related related-articles "
        "read-next more-posts recommended-posts"
    ),
    "sidebar": "sidebar widget-area secondary widget wp-block-widget-area",
    "advertisement": (
        "adsbygoogle advertisement advertisements ad-container ad-wrapper wpa wordads-ad "
        "ad-slot adsense sponsored-content"
    ),
    "newsletter form": (
        "newsletter newsletter-signup mc4wp-form subscribe-form subscription-form "
        "jetpack_subscription_widget wp-block-jetpack-subscriptions signup-form "
        "subscription-widget subscription-widget-wrap subscription-widget-wrap-editor "
        "subscribe-widget subscribe-prompt captioned-button-wrap"
    ),
    "search form": "search-form searchform site-search",
    "post details": (
        "entry-meta entry-footer post-meta postmetadata post-details posted-on cat-links "
        "tags-links byline entry-utility wp-block-post-date wp-block-post-author "
        "wp-block-post-terms post-info entry-date post-tags"
    ),
    "author's note": (
        "author-box author-bio author-info about-author wp-block-post-author-biography"
    ),
    "paragraph number": "paranumber",
    "picture of a formula": "mwe-math-fallback-image-inline mwe-math-fallback-image-display",
    "formula drawn": "katex-html mathjax_preview mathjax mathjax_display mjx-container",
}
_REASONS: Final = {name: reason for reason, names in _NAMES.items() for name in names.split()}
# What Substack sets among the paragraphs of a post: Subscribe now, Share, Leave a comment.
_BUTTON: Final = "ButtonCreateButton"
_HIDDEN: Final = re.compile(r"display:\s*none|visibility:\s*hidden")
_NEVER: Final = frozenset({"html", "body", "main", "article"})
_SECTIONING: Final = frozenset({"article", "main", "section", "blockquote", "figure", "li"})
_LARGE_FORM: Final = 150


def reason_of(element: Element, words: int) -> str | None:
    """Return why ``element``, of so many words, is no text of its page; None if nothing says so."""
    if element.tag in _NEVER:
        return None
    named = {(element.get("id") or "").lower(), *classes(element)}
    for name in sorted(named):
        if name in _REASONS:
            return _REASONS[name]
    for role in (element.get("role") or "").lower().split():
        if role in _ROLES:
            return _ROLES[role]
    if element.get("data-component-name") == _BUTTON:
        return "button"
    if _is_cookie_notice(named):
        return "cookie notice"
    if element.get("hidden") is not None or _HIDDEN.search((element.get("style") or "").lower()):
        return "hidden"
    return _reason_of_tag(element, words)


def _is_cookie_notice(named: set[str]) -> bool:
    return any(name.startswith(("cookie-", "cky-", "cmplz-", "onetrust-")) for name in named)


def _reason_of_tag(element: Element, words: int) -> str | None:
    tag = str(element.tag)
    if tag in _TAGS:
        return _TAGS[tag]
    if tag == "form":
        # Some systems put the whole page into a form.
        return "form" if words < _LARGE_FORM else None
    inside = any(around.tag in _SECTIONING for around in element.iterancestors())
    if tag == "aside":
        return None if inside else "sidebar"
    if tag in {"header", "footer"} and not inside:
        return f"page {tag}"
    return None


def landmark_of(element: Element) -> str:
    """Return what to call ``element``, which stands outside the text of its page."""
    for around in (element, *element.iterancestors()):
        reason = reason_of(around, 0)
        if reason is not None:
            return reason
    return "outside the main text"
