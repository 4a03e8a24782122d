"""The NewsComponents of a NewsML 1 item: which of them is the story, and what its texts are."""

import re
from typing import Any

from articles.importing.formats.common.xml_fields import descendants, find_elements
from articles.importing.formats.newsml_1.languages import base_language, is_foreign
from articles.importing.formats.nitf import fields as nitf
from articles.importing.formats.types import RecordError
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import paragraphs_to_html
from articles.text.messages import Message

_FORMAL_NAME = "FormalName"
_NO_BODIES = {"title", "headline", "abstract", "lead", "caption", "keyword", "keywords", "summary"}
_ROLE_ORDER = ("lead", "body", "main", "")  # roles of what makes up a text, in the order of reading
_MARKUP = re.compile(r"</?(?:p|br|div|b|i|em|strong|a|h\d|ul|li|table)\b[^<>]*>", re.IGNORECASE)
_NO_TEXT = re.compile(r"\bcss\b|style|script|jpe?g|graphic|photo")


class NewsComponents:
    """The components of one item: ``story`` is the one whose text it is; ``removed`` stood in the body beside it."""

    def __init__(self, item: Any) -> None:
        self.item = item
        self.removed: list[str] = []
        self.story, self.texts, self.base_language = self._texts()

    def line_of(self, *roles: str) -> str:
        """Return the text of a component that has this part of the story, as one line."""
        for component in descendants(self.item, "NewsComponent"):
            is_match = self._role(component) in roles and not is_foreign(
                component, self.base_language
            )
            if is_match and (html := self.html_of(component)[0]):
                return " ".join(plain_text(html).split())
        return ""

    def body_html(self, notice: str) -> str:
        """Return the text, else ``notice``. Raises RecordError when there is neither."""
        texts = [text for text in self.texts if text[0] not in _NO_BODIES or text[0] == "lead"]
        texts.sort(
            key=lambda text: (
                _ROLE_ORDER.index(text[0]) if text[0] in _ROLE_ORDER else len(_ROLE_ORDER)
            )
        )
        self.removed = [words for _, _, removed in texts for words in removed]
        main = [
            html for role, html, _ in texts if html and (role in _ROLE_ORDER or len(texts) == 1)
        ]
        html = "\n".join(main) or next((html for _, html, _ in texts if html), "")
        if html or notice:
            return html or paragraphs_to_html([("p", notice)])
        if list(descendants(self.item, "NewsItemRef")):
            raise RecordError(
                "NewsItemRef",
                Message("a package only lists other items", code="newsml_1.package"),
                "Leave it out.",
            )
        if list(descendants(self.item, "ContentItem")):
            raise RecordError(
                "ContentItem",
                Message("no text is among its contents", code="newsml_1.no_text_content"),
                "Leave it out.",
            )
        raise RecordError(
            "DataContent",
            Message("the item has no text", code="newsml_1.no_text"),
            "Export it with its text.",
        )

    def _texts(self) -> tuple[Any, list[tuple[str, str, list[str]]], str]:
        """Return the story's component, its texts with their roles, its language; the item itself for none."""
        for content in descendants(self.item, "ContentItem"):
            if self._html(content)[0]:
                own = content.getparent()
                above = own.getparent()
                siblings = find_elements(above, "NewsComponent") if self._role(own) else [own]
                components = [
                    component
                    for component in siblings
                    if not is_foreign(component, base_language(own))
                ]
                texts = [
                    (self._role(component), *self.html_of(component)) for component in components
                ]
                if any(html for role, html, _ in texts if role not in _NO_BODIES):
                    return own if len(components) == 1 else above, texts, base_language(own)
        return self.item, [], ""

    def html_of(self, component: Any) -> tuple[str, list[str]]:
        """Return the first text among the contents of ``component``, and the words of its pictures."""
        for content in find_elements(component, "ContentItem"):
            html, removed = self._html(content)
            if html:
                return html, removed
        return "", []

    def _html(self, content: Any) -> tuple[str, list[str]]:
        """Return the text of one content, empty for pictures, style sheets and what is encoded."""
        data = next(find_elements(content, "DataContent", "Encoding/DataContent"), None)
        kinds = [
            media_type.get(_FORMAL_NAME, "")
            for media_type in find_elements(content, "MediaType", "MimeType", "Format")
        ]
        kind = " ".join(kinds).casefold()
        if data is None or _NO_TEXT.search(kind) or list(find_elements(content, "Encoding")):
            return "", []
        flat = not len(data)
        has_markup = "html" in kind or bool(_MARKUP.search(data.text or ""))
        html, removed = nitf.content_of(data, is_plain=flat and not has_markup, is_flat=flat)
        return (html, removed) if plain_text(html).strip() else ("", [])

    def _role(self, component: Any) -> str:
        roles = (role.get(_FORMAL_NAME, "").casefold() for role in find_elements(component, "Role"))
        return next(filter(None, roles), "")
