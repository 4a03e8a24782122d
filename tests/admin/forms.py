"""What a browser makes of a page: the fields of a form, the text of elements."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

from articles.models import Article


class _Fields(HTMLParser):
    """Collects what the form ``form_id`` would send, without its buttons; fields may name it from elsewhere."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id, self.is_inside = form_id, False
        self.collected: dict[str, list[str]] = {}
        self.textarea = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_inside = attributes.get("id") == self.form_id
        name = attributes.get("name", "")
        is_ours = attributes["form"] == self.form_id if "form" in attributes else self.is_inside
        if tag == "select":
            self.select = name if is_ours else ""
        if tag == "option" and self.select:
            self._take_option(attributes)
        if not is_ours:
            return
        if tag == "input" and name and attributes.get("type") not in ("submit", "button", "file"):
            is_box = attributes.get("type") in ("checkbox", "radio")
            if not is_box or "checked" in attributes:
                value = attributes.get("value", "on" if is_box else "")
                self.collected.setdefault(name, []).append(value)
        elif tag == "textarea":
            self.textarea = name
            self.collected.setdefault(name, []).append("")

    def _take_option(self, attributes: dict[str, str]) -> None:
        if "selected" in attributes:
            self.collected.setdefault(self.select, []).append(attributes.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False
        elif tag == "textarea":
            if self.textarea:  # a browser drops the first line break and sends CRLF
                text = self.collected[self.textarea][-1].removeprefix("\n").replace("\r\n", "\n")
                self.collected[self.textarea][-1] = text.replace("\n", "\r\n")
            self.textarea = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.collected[self.textarea][-1] += data


def fields_of(response: Any, form_id: str) -> dict[str, Any]:
    """Return the fields that the form would send as it stands: a list where a name stands more than once."""
    parser = _Fields(form_id)
    parser.feed(response.content.decode())
    assert parser.collected, f"no form #{form_id} on the page"
    return {
        name: values[0] if len(values) == 1 else values for name, values in parser.collected.items()
    }


class _Texts(HTMLParser):
    def __init__(self, css_class: str) -> None:
        super().__init__()
        self.css_class, self.depth = css_class, 0
        self.collected: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "img", "input", "link", "meta", "hr"):
            return
        if self.depth:
            self.depth += 1
        elif self.css_class in (dict(attrs).get("class") or "").split():
            self.depth = 1
            self.collected.append("")

    def handle_endtag(self, tag: str) -> None:
        self.depth = max(0, self.depth - 1)

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.collected[-1] += data


def texts_of(response: Any, css_class: str) -> list[str]:
    """Return the text of each element of ``css_class``."""
    parser = _Texts(css_class)
    parser.feed(response.content.decode())
    return parser.collected


def lines_of(response: Any, css_class: str) -> list[str]:
    """Return the text of each element of ``css_class`` on one line."""
    return [" ".join(text.split()) for text in texts_of(response, css_class)]


def form_of(article: Article | None) -> str:
    """Return the address of a story's form; None: of a new one."""
    if article is None:
        return reverse("admin:articles_article_add")
    return reverse("admin:articles_article_change", args=[article.pk])


def send(
    client: Client,
    article: Article | None,
    *,
    button: str = "_save",
    follow: bool = True,
    **changes: Any,
) -> Any:
    """Open the form, change fields, press a button: what a browser would send."""
    page = client.get(form_of(article))
    data = fields_of(page, "article_form") | changes | {button: "1"}
    return client.post(form_of(article), data, follow=follow)


def waiting_page(article: Article) -> str:
    """Return the address of the page of a version that waits."""
    return reverse("admin:articles_article_decide", args=[article.pk])


def decide(client: Client, article: Article, decision: str, **chosen: str) -> Any:
    """Open the page of the version that waits, choose, press a button; return where that led."""
    address = waiting_page(article)
    data = fields_of(client.get(address), "decide")
    data |= {f"part-{key}": side for key, side in chosen.items()}
    return client.post(address, data | {"decision": decision}, follow=True)


def messages_of(response: Any) -> str:
    """Return all that the desk said."""
    return " ".join(texts_of(response, "messagelist"))
