"""Sentences that are shown to people and not marked for translation, in code and in templates.

``uv run python -m tests.unmarked`` takes from the allow-list what is gone. Nothing ever adds to it: mark the sentence.
"""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, TokenType

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = Path(__file__).with_name("unmarked_sentences.txt")
MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext"}
MARKS |= {"pgettext_lazy", "npgettext", "npgettext_lazy", "Message", "PluralMessage"}
# Whose words only developers, logs and machines get.
INTERNAL = {"Http404", "ValueError", "TypeError", "KeyError", "LookupError", "RuntimeError"}
INTERNAL |= {"AssertionError", "NotImplementedError", "ImproperlyConfigured", "SuspiciousOperation"}
INTERNAL |= {"debug", "info", "exception", "compile", "RawSQL", "execute", "cast"}
# Whose words people get, however short: arguments by position, arguments and variables by name.
SHOWN_CALLS = {"ValidationError", "CommandError", "NotPublishable", "RecordError", "HttpResponse"}
SHOWN_CALLS |= {"success", "warning", "error", "message_user", "BadRequest", "PermissionDenied"}
SHOWN_NAMES = {"help_text", "verbose_name", "verbose_name_plural", "label", "description", "help"}
SHOWN_NAMES |= {"short_description", "index_title", "title", "heading", "reason", "remedy"}
FOR_MACHINES = ("Disallow:", "Sitemap:", "# ", "--")
LETTERS = re.compile(r"[A-Za-z]{2}")
SENTENCE = re.compile(r"[“‘(]?[A-Z][a-z’]*(?:,|:)? \S*[a-z{]|.*[a-z}] [a-z}’”)]+[.!?]$")
NAMES = re.compile(r"[a-z0-9_.:/%#{}-]+|[A-Z_]{2,}")  # of fields, files, columns, styles
ATTRIBUTES = {"alt", "aria-label", "placeholder", "title", "label"}
LITERAL = re.compile(r"""(?:"([^"]*)"|'([^']*)')""")
TRANSLATED = ("translate ", "trans ", "blocktranslate", "blocktrans")


def in_python(path: Path) -> set[str]:
    """Return the unmarked sentences of a module; what an f-string fills in is ``{}``."""
    visitor = _Python()
    visitor.visit(ast.parse(path.read_text("utf-8")))
    return visitor.sentences


class _Python(ast.NodeVisitor):
    """Walks a module, knowing whether what it stands in is marked, internal or certainly shown."""

    def __init__(self) -> None:
        self.sentences: set[str] = set()
        self._is_shown = False

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring
            self.generic_visit(node)

    def visit_Assert(self, node: ast.Assert) -> None:
        pass

    def visit_Call(self, node: ast.Call) -> None:
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        of = getattr(getattr(node.func, "value", None), "id", "")
        if name in MARKS | INTERNAL or of == "logger":
            return
        is_field = of == "models" and name.endswith("Field") and "To" not in name
        for argument in node.args:
            self._visit_as(argument, name in SHOWN_CALLS or is_field)
        for keyword in node.keywords:
            self._visit_as(keyword.value, keyword.arg in SHOWN_NAMES)
        self.visit(node.func)

    def visit_Assign(self, node: ast.Assign) -> None:
        names = {getattr(target, "id", getattr(target, "attr", "")) for target in node.targets}
        self._visit_as(node.value, bool(names & SHOWN_NAMES))

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        bases = {getattr(base, "attr", "") for base in node.bases}
        for statement in node.body:
            if "TextChoices" in bases and isinstance(statement, ast.Assign):
                _, label = getattr(statement.value, "elts", (None, statement.value))
                if isinstance(label, ast.Constant) and isinstance(label.value, str):
                    self.sentences.add(label.value)  # however short
            else:
                self.visit(statement)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._add(node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        self._add("".join(map(str, parts)))
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)

    def _visit_as(self, node: ast.AST, is_shown: bool) -> None:
        before, self._is_shown = self._is_shown, is_shown
        self.visit(node)
        self._is_shown = before

    def _add(self, text: str) -> None:
        text = " ".join(text.split())
        if text.startswith(FOR_MACHINES):
            return
        is_sentence = SENTENCE.match(text) if not self._is_shown else not NAMES.fullmatch(text)
        if is_sentence and LETTERS.search(text.replace("{}", "")):
            self.sentences.add(text)


def in_template(path: Path) -> set[str]:
    """Return the unmarked texts of a template; what a variable fills in is ``{}``."""
    parser = _Html()
    parser.feed("".join(_without_tags(path.read_text("utf-8"), parser)))
    texts = {text for text in parser.texts if LETTERS.search(text.replace("{}", ""))}
    return {text for text in texts if not re.fullmatch(r"[a-z]+(?:-[a-z]+)+", text)}  # a class


def _without_tags(source: str, parser: "_Html") -> Iterator[str]:
    """Yield the HTML of ``source``, a place for each variable, a break for each tag, nothing that is translated."""
    is_translated = False
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            if token.contents.startswith(("include ", "with ")):
                parser.add_literals(token.contents.partition(" ")[2].partition(" ")[2])
            begins = token.contents.startswith(("blocktranslate", "blocktrans"))
            is_translated = begins or (
                is_translated and token.contents not in ("endblocktranslate", "endblocktrans")
            )
            yield "\f"
        elif not is_translated and token.token_type == TokenType.TEXT:
            yield token.contents
        elif not is_translated and token.token_type == TokenType.VAR:
            parser.add_literals(token.contents.partition("|")[2])
            yield "{}"


class _Html(HTMLParser):
    """Collects the texts of a page and those of its attributes that people see or hear."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: set[str] = set()
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style", "code", "kbd"}
        for name, value in attrs:
            if name in ATTRIBUTES or (name == "value" and tag == "input" and " " in (value or "")):
                self.handle_data(value or "")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style", "code", "kbd"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts |= {" ".join(part.split()) for part in data.split("\f")}

    def add_literals(self, text: str) -> None:
        """Take what a tag or a filter says in quotation marks, when it is a phrase or begins with a capital."""
        for match in LITERAL.finditer(text):
            words = match[1] or match[2] or ""
            if re.match(r"[A-Z][a-z]|\w+ \w", words):
                self.texts.add(words)


def sentences(paths: list[Path]) -> dict[str, set[str]]:
    """Return the unmarked sentences of ``paths`` by the file that says them."""
    sentences_by_file: dict[str, set[str]] = {}
    for path in paths:
        file = str(path.relative_to(ROOT))
        if texts := in_template(path) if path.suffix == ".html" else in_python(path):
            sentences_by_file[file] = texts
    return sentences_by_file


def files() -> list[Path]:
    """Return all that may speak to people: code but migrations, and templates."""
    code = [
        path for room in ("articles", "newsroom") for path in sorted((ROOT / room).rglob("*.py"))
    ]
    templates = sorted((ROOT / "templates").rglob("*.html"))
    return [path for path in code if "migrations" not in path.parts] + templates


def allowed() -> list[str]:
    """Return the sentences that are not marked yet."""
    return ALLOWED.read_text("utf-8").splitlines()


if __name__ == "__main__":
    unmarked = set().union(*sentences(files()).values())
    ALLOWED.write_text("".join(f"{line}\n" for line in allowed() if line in unmarked), "utf-8")
