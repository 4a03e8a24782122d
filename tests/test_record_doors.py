"""What the newsroom has only found, or has decided but not published, shows at no public door of a live story."""

from collections.abc import Callable

import pytest

from articles.models import Article, Author, Person, Proposal, Quote, Suggestion
from articles.public import site_context
from articles.publishing import correct, publish, publish_batch
from articles.record import (
    SpeakerChoice,
    accept_suggestion,
    reject_suggestion,
    sync_record,
    undo_decision,
)
from tests.factories import (
    make_article,
    make_image,
    make_live,
    make_organization,
    make_person,
    make_tag,
    make_user,
)
from tests.public_addresses import every_endpoint
from tests.secret import Secret, make_secret

pytestmark = pytest.mark.django_db

WORDS = "Tangerine light was promised to everybody in the square."
BODY = f"<p>Paula Hidden, the leakrole of the realm, said: “{WORDS}”</p>\n<p>The end.</p>"


def live_story() -> Article:
    """Publish a story whose finds wait; its one speaker is on record and nowhere else in the paper."""
    make_person("Paula Hidden", slug="hidden-slug")
    article = make_article(headline="A calm story", body_html=BODY, tags=(make_tag("Calm"),))
    sync_record(article, by=None)
    publish(article, by=None)
    return article


def open_quote_suggestion(article: Article) -> Suggestion:
    return article.suggestions.quotes().likely().get()


def suggested(article: Article) -> None:
    assert open_quote_suggestion(article).state == "open"


def rejected(article: Article) -> None:
    reject_suggestion(open_quote_suggestion(article), by=make_user())


def confirmed_not_published(article: Article) -> None:
    accept_suggestion(open_quote_suggestion(article), by=make_user())


def confirmed_as_unnamed(article: Article) -> None:
    choice = SpeakerChoice("unnamed", name="somebody leaknearby", reason="leakreason")
    accept_suggestion(open_quote_suggestion(article), by=make_user(), choice=choice)


def undone(article: Article) -> None:
    accept_suggestion(open_quote_suggestion(article), by=make_user())
    undo_decision(open_quote_suggestion(article))


def detached(article: Article) -> None:
    accept_suggestion(open_quote_suggestion(article), by=make_user())
    article.body_html = article.body_html.replace("everybody", "hardly anybody")
    article.save()
    sync_record(article, by=None)
    assert Quote.objects.get().state == "detached"


STATES = (suggested, rejected, confirmed_not_published, confirmed_as_unnamed, undone, detached)


@pytest.fixture(params=STATES, ids=lambda state: state.__name__)
def article(request) -> Article:
    article = live_story()
    state: Callable[[Article], None] = request.param
    state(article)
    make_live(headline="Another story")
    site_context.reset()
    return article


def endpoints_of(article: Article) -> list[str]:
    person, organization = Person.objects.get(), make_organization("Nowhere else")
    author = Author.objects.create(name="Nobody of the story")
    quotes = tuple(Quote.objects.all())
    return every_endpoint(
        Secret(
            article,
            article.tags.get(),
            make_tag("Empty"),
            person,
            organization,
            author,
            make_image(),
            quotes,
        )
    )


def test_no_endpoint_says_who_said_it(client, article):
    keys = [quote.quote_key for quote in Quote.objects.all()]
    for path in endpoints_of(article):
        response = client.get(path, follow=True)
        page = response.getvalue().decode(errors="replace")
        page = (page + str(response.headers)).replace(path, "")
        for mark in ("hidden-slug", "<q ", "Quotation", "leaknearby", "leakreason", *keys):
            assert mark not in page, f"{path} ({response.status_code}) shows {mark}"


def test_the_words_stand_in_their_story_and_on_no_page_of_quotes(client, article):
    person = Person.objects.get()
    assert WORDS in client.get(f"/articles/{article.pk}/", follow=True).content.decode()
    for path in ("/", "/quotes/", "/quotes/?q=angerine", "/quotes/feed/", "/people/"):
        assert "Tangerine" not in client.get(path).content.decode(), path
    assert client.get(f"/people/{person.pk}/hidden-slug/").status_code == 404
    assert client.get(f"/quotes/?person={person.pk}").status_code == 400
    for quote in Quote.objects.all():
        assert client.get(f"/quotes/{quote.quote_key}/").status_code == 404


def test_once_published_it_shows(client):
    article = live_story()
    confirmed_not_published(article)
    publish(article, by=None, kind="minor")
    site_context.reset()
    quote = Quote.objects.get()
    assert "Tangerine" in client.get(f"/quotes/{quote.quote_key}/").content.decode()
    page = client.get(f"/articles/{article.pk}/", follow=True).content.decode()
    assert f'id="quote-{quote.quote_key}"' in page
    assert "hidden-slug" in page


def at_once(article: Article) -> None:
    publish(article, by=None)


def in_a_batch(article: Article) -> None:
    publish_batch([Article.objects.with_everything().get(pk=article.pk)])


def as_a_correction(article: Article) -> None:
    publish(article, by=None)
    correct(article, by=None, wrong="It was dark.", right="It was light.", weight="correction")


@pytest.mark.parametrize(
    "publish_by", [at_once, in_a_batch, as_a_correction], ids=lambda w: w.__name__
)
def test_a_role_that_is_not_confirmed_and_public_is_nowhere(client, publish_by):
    secret = make_secret()
    hidden = []
    for name, is_confirmed in (("Witnessbody", True), ("Informantbody", False)):
        organization = make_organization(f"{name} Programme")
        secret.person.memberships.create(
            organization=organization,
            role=f"{name} member",
            is_confirmed=is_confirmed,
            is_public=not is_confirmed,
        )
        hidden.append(organization)
    secret.article.quotes.update(role="", on_behalf_of=None)
    publish_by(secret.article)
    site_context.reset()
    own = [f"/organizations/{row.pk}/{row.slug}/{end}" for row in hidden for end in ("", "feed/")]
    assert {client.get(path).status_code for path in own} == {404}
    for path in every_endpoint(secret):
        page = client.get(path, follow=True).getvalue().decode(errors="replace").lower()
        for word in ("witnessbody", "informantbody"):  # in role, name and slug
            assert word not in page, path


def test_what_is_proposed_for_a_row_changes_no_answer_and_no_etag(client):
    secret = make_secret()
    publish(secret.article, by=None)
    type(secret.person).objects.update(is_confirmed=True, is_biography_public=True)
    type(secret.organization).objects.update(is_confirmed=True, is_description_public=True)

    def answers() -> dict[str, tuple]:
        site_context.reset()
        paths = [path for path in every_endpoint(secret) if "feed" not in path]  # their own clock
        responses = {path: client.get(path) for path in paths}
        return {
            path: (response.status_code, response.get("ETag"), response.getvalue())
            for path, response in responses.items()
        }

    before = answers()
    for name in ("person", "organization", "tag", "author"):
        words = dict.fromkeys(("name", "biography", "description"), "Leakproposal")
        Proposal.objects.create(**{name: getattr(secret, name)}, base={}, values=words)
    after = answers()
    assert after == before
    for path in every_endpoint(secret):
        is_read = path in after and after[path][0] == 200
        page = after[path][2] if is_read else client.get(path, follow=True).getvalue()
        assert b"Leakproposal" not in page, path
