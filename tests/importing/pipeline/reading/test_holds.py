"""Outside its window, and with the tags of a template in its text, no story of any format reaches readers."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from articles.models import Article, Edition, ImportRun, WaitingChange
from tests.factories import make_user

pytestmark = pytest.mark.django_db

FRONT = "---\ntitle: Lock gates\ndate: 2024-02-04T10:00:00Z\n{}---\n\nThe lock will close.\n\n{}\n"
TAGS = ['{{< relref "survey.md" >}}', "{% include x.html %}", '{{ "/guides/" | url }}', "{{x}}"]


@pytest.fixture
def publish(tmp_path: Path) -> Callable[..., Article]:
    """Give a function that imports one file with ``--publish`` by the command and returns its story."""

    def import_file(content: str, name: str = "lock.md", *args: str) -> Article:
        (tmp_path / name).write_text(content)
        command = ["import_articles", str(tmp_path / name), "--source", "site", "--publish", *args]
        call_command(*command)
        return Article.objects.get()

    return import_file


def test_before_its_time_a_story_is_under_embargo(publish, capsys):
    article = publish(FRONT.format("publishDate: 2199-05-01T06:00:00Z\n", ""))
    assert not Edition.objects.exists()
    assert article.embargoed_until.year == 2199
    assert "does not publish it before 1 May 2199, 06:00" in article.ed_note
    assert "1 story that its source publishes later" in capsys.readouterr().out


def test_after_its_time_a_story_is_withheld(publish, capsys):
    article = publish(FRONT.format("expiryDate: 2024-03-01\n", ""))
    assert not Edition.objects.exists()
    assert article.pub_status == "withheld"
    assert "took it down on 1 March 2024" in article.ed_note
    out, err = capsys.readouterr()
    assert "1 waiting" in out
    assert "1 story that its source took down" in out
    assert "Lock gates stays a draft." in err
    assert ImportRun.objects.get().met["expired"] == 1


def test_within_its_time_a_story_is_live_with_its_own_date(publish):
    front = "publishDate: 2024-02-05T00:00:00Z\nexpiryDate: 2199-03-01\n"
    article = publish(FRONT.format(front, ""))
    assert Edition.objects.listed().get().published_at == article.published_at
    assert article.published_at.day == 4
    assert "Its source takes it down on 1 March 2199" in article.ed_note


def test_a_live_story_that_its_source_takes_down_goes(publish):
    publish(FRONT.format("slug: lock\n", ""))
    assert Edition.objects.listed().exists()
    publish(FRONT.format("slug: lock\nexpiryDate: 2024-03-01\n", ""))
    assert not Edition.objects.listed().exists()


@pytest.mark.parametrize("tag", TAGS)
def test_a_story_that_shows_template_tags_is_on_hold(publish, tag, capsys):
    article = publish(FRONT.format("", f"See {tag} there."))
    assert not Edition.objects.exists()
    assert article.is_on_hold
    assert article.revisions.get().snapshot["is_on_hold"] is True
    assert f"“{tag} there." in article.ed_note
    out, err = capsys.readouterr()
    assert "1 story that shows template tags" in out
    assert "release the hold" in err


FORMATS = {
    "a.json": json.dumps({"uri": "a", "type": "text", "headline": "A", "body_text": "{{ x }} is."}),
    "a.jsonl": json.dumps({"id": "a", "headline": "A {{ x }}", "text": "A text of words."}),
    "a.txt": "Id: a\nHeadline: A\nDek: {% x %} y\n\nThe words of the story stand here.\n",
    "a.html": "<html><head><title>A title here</title></head><body><article><h1>A title here</h1>"
    + "<p>The harbour board agreed on {{ day }} to dredge the channel before winter comes.</p>" * 3
    + "</article></body></html>",
    "a.csv": "id,headline,date,text\na,A headline,2024-02-04,<pre><code>{{ x }}</code></pre> shown\n",
    "a.xml": "<rss version='2.0'><channel><item><guid>a</guid><title>A</title><description>"
    "Words with &lt;a href='https://x.example/{{ y }}'&gt;a link&lt;/a&gt;.</description></item></channel></rss>",
}


@pytest.mark.parametrize(("name", "content"), FORMATS.items(), ids=FORMATS)
def test_template_tags_hold_a_story_of_any_format(publish, name, content):
    article = publish(content, name)
    assert article.is_on_hold
    assert "template tag" in article.ed_note


def test_a_version_without_tags_ends_the_hold_of_the_import(publish):
    publish(FRONT.format("slug: lock\n", TAGS[0]))
    article = publish(FRONT.format("slug: lock\n", "Put right."))
    assert not article.is_on_hold
    assert "template" not in article.ed_note
    assert Edition.objects.listed().exists()


def test_an_import_ends_no_hold_of_a_person(publish):
    article = publish(FRONT.format("slug: lock\n", TAGS[0]))
    article.create_revision(make_user())
    assert publish(FRONT.format("slug: lock\n", "Put right.")).is_on_hold
    assert WaitingChange.objects.count() == 1


def test_a_hold_that_no_import_set_is_a_persons(publish):
    article = publish(FRONT.format("slug: lock\ndraft: true\n", ""))
    Article.objects.filter(pk=article.pk).update(is_on_hold=True)
    assert publish(FRONT.format("slug: lock\n", "Put right.")).is_on_hold
    assert not Edition.objects.exists()


def test_readers_keep_a_live_story_when_its_next_version_shows_tags(publish, capsys):
    publish(FRONT.format("slug: lock\n", ""))
    article = publish(FRONT.format("slug: lock\n", TAGS[0]))
    assert "relref" not in Edition.objects.listed().get().body_html
    assert not article.is_on_hold
    assert "relref" in WaitingChange.objects.get().values["body_html"]
    assert "1 whose new version shows template tags" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("A1-publishdate-future/2026-03-01-north-channel.md", {"not_yet": 1}),
        ("A2-expired/2024-02-01-fish-market-hours.md", {"expired": 1}),
        ("A3-jekyll-future", {}),
        ("B2b-hugo-tags.md", {"template_tags": 1}),
    ],
)
def test_reported_cases_stay_from_readers(shared, tmp_path, case: str, expected: dict[str, Any]):
    path = shared / "cases" / "intake" / case
    if not path.exists():
        pytest.skip(f"needs {path}")
    rejects = str(tmp_path / "rejects")
    call_command("import_articles", str(path), "--source", "s", "--publish", "--rejects", rejects)
    assert not Edition.objects.exists()
    kinds = ("not_yet", "expired", "template_tags")
    counts = ImportRun.objects.get().met
    assert {kind: counts[kind] for kind in kinds if kind in counts} == expected
