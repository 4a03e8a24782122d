"""What people are told can be translated: readers everything, the desk and the commands as they are touched."""

from pathlib import Path

import pytest

from tests import unmarked

# Only ever smaller. Empty, with its file stale, when the desk and the commands are marked.
MOST_UNMARKED = 1420
READERS = (
    *("articles/public/", "articles/dates.py", "articles/templatetags/", "articles/translation/"),
    *("articles/publishing/holds.py", "articles/text/search_words.py", "newsroom/faults.py"),
    *("templates/articles/", "templates/4", "templates/5", "templates/base.html"),
)
# Marked from one end to the other, and so they stay.
MARKED = (
    *("articles/admin/language.py", "articles/admin/users.py", "articles/models/users.py"),
    "articles/importing/formats/common/json_records.py",
    *(f"articles/importing/formats/ninjs/{name}.py" for name in ("fields", "reader")),
)


@pytest.fixture(scope="module")
def unmarked_sentences() -> dict[str, set[str]]:
    return unmarked.sentences(unmarked.files())


def test_readers_get_no_unmarked_sentence(unmarked_sentences: dict[str, set[str]]) -> None:
    assert {
        file: texts for file, texts in unmarked_sentences.items() if file.startswith(READERS)
    } == {}


def test_what_is_marked_stays_marked(unmarked_sentences: dict[str, set[str]]) -> None:
    assert {
        file: texts for file, texts in unmarked_sentences.items() if file.startswith(MARKED)
    } == {}


def test_no_sentence_is_added_unmarked(unmarked_sentences: dict[str, set[str]]) -> None:
    allowed = set(unmarked.allowed())
    new = {file: texts - allowed for file, texts in unmarked_sentences.items() if texts - allowed}
    assert new == {}, "mark it: gettext, Message in a room without Django, {% translate %}"


def test_the_allow_list_only_shrinks(unmarked_sentences: dict[str, set[str]]) -> None:
    stale = set(unmarked.allowed()) - set().union(*unmarked_sentences.values())
    assert sorted(stale) == [], "run: uv run python -m tests.unmarked"
    assert len(unmarked.allowed()) <= MOST_UNMARKED


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        ('"""Say it."""\nx = gettext("Say it now.")', set()),
        ('raise CommandError("no such file")', {"no such file"}),
        ('raise CommandError(_("no such file"))', set()),
        ('raise CommandError(_("%s is stale.") % path)', set()),
        ('text = f"There are {n} of them."', {"There are {} of them."}),
        (
            'field = models.TextField("what was wrong", help_text=_("One line."))',
            {"what was wrong"},
        ),
        ('class A(models.TextChoices):\n    B = "b", "bee"\n    C = "c", _("sea")', {"bee"}),
        ('class Meta:\n    verbose_name = "news story"', {"news story"}),
        ('messages.warning(request, "saved at last")', {"saved at last"}),
        ('raise Http404("No such story.")\nlogger.warning("The page is stale")', set()),
        ('rows = rows.filter(kind="section")\nsql = "SELECT id FROM rows"', set()),
        ('forms.CharField(label="Name")', {"Name"}),
    ],
)
def test_unmarked_code_is_found(tmp_path: Path, code: str, sentences: set[str]) -> None:
    file = tmp_path / "code.py"
    file.write_text(code)
    assert unmarked.in_python(file) == sentences


@pytest.mark.parametrize(
    ("html", "sentences"),
    [
        ("<p>{% translate 'Nothing here.' %}</p>", set()),
        ("<p>Nothing <b>here</b>.</p>", {"Nothing", "here"}),
        (
            "<p>{% blocktranslate count n=n %}one{% plural %}{{ n }}{% endblocktranslate %} left</p>",
            {"left"},
        ),
        ("<p>By {{ name }}{% if a %}, and others{% endif %}</p>", {"By {}", ", and others"}),
        ('<a title="Open it" class="big link" href="{% url "home" %}">×</a>', {"Open it"}),
        ('<li{% if x %} class="is-this"{% endif %}>{{ name }}</li>', set()),
        ('{% include "a.html" with heading="Open it" kind="b" %}', {"Open it"}),
        ("<code>manage.py check</code><script>let a = 1;</script>{# A comment #}", set()),
        ('{% block body_class %}is-front{% endblock %}{{ who|default:"Somebody" }}', {"Somebody"}),
    ],
)
def test_unmarked_templates_are_found(tmp_path: Path, html: str, sentences: set[str]) -> None:
    file = tmp_path / "page.html"
    file.write_text(html)
    assert unmarked.in_template(file) == sentences
