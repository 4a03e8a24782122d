"""Rows in the trash are hidden with what hangs on them; the values that they have are not free."""

import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone

from articles.models import (
    Author,
    CorrectionDraft,
    EmptiedItem,
    FormerTagName,
    Identifier,
    Image,
    Membership,
    Mention,
    OtherName,
    Proposal,
    Quote,
    RightOfReply,
    Suggestion,
    Tag,
    TagCode,
    TrashEntry,
    WaitingChange,
)
from tests.factories import (
    make_article,
    make_image,
    make_membership,
    make_organization,
    make_person,
    make_quote,
    make_tag,
)
from tests.models.rows import make_change, make_suggestion

pytestmark = pytest.mark.django_db


def put_away(row) -> None:
    row.trashed_at = timezone.now()
    row.save()


def of_article() -> dict:
    """Return a story by the rows that hang on it."""
    article = make_article(body_html="<p>“The quay holds,” Ada said.</p>")
    make_quote(article, "The quay holds,")
    make_suggestion(article)
    make_change(article)
    Mention.objects.create(article=article, person=make_person(), name="Ada")
    RightOfReply.objects.create(article=article, name="Mr Berg")
    CorrectionDraft.objects.create(article=article, wrong="7", right="8")
    Proposal.objects.create(article=article, values=article.snapshot())
    models = (Quote, Suggestion, WaitingChange, Mention, RightOfReply, CorrectionDraft, Proposal)
    return dict.fromkeys(models, article)


def of_person() -> dict:
    person = make_person()
    make_membership(person, make_organization(), "clerk")
    OtherName.objects.create(person=person, name="Ada L.")
    Identifier.objects.create(person=person, scheme="wikidata", identifier="Q1")
    Proposal.objects.create(person=person, values={"name": "Ada Lundh"})
    return dict.fromkeys((Membership, OtherName, Identifier, Proposal), person)


def of_organization() -> dict:
    organization = make_organization()
    OtherName.objects.create(organization=organization, name="The Port")
    Identifier.objects.create(organization=organization, scheme="wikidata", identifier="Q2")
    return dict.fromkeys((OtherName, Identifier), organization)


def of_tag() -> dict:
    tag = make_tag()
    FormerTagName.objects.create(tag=tag, name="Old", slug="old")
    TagCode.objects.create(tag=tag, qcode="subj:11001000")
    return dict.fromkeys((FormerTagName, TagCode), tag)


@pytest.mark.parametrize("make", [of_article, of_person, of_organization, of_tag])
def test_what_hangs_on_a_row_is_hidden_with_it(make):
    owners = make()
    for model in owners:
        assert model.objects.exists(), model
    put_away(next(iter(owners.values())))
    for model in owners:
        assert not model.objects.exists(), model
        assert model.all_objects.exists(), model


@pytest.mark.parametrize(
    "make",
    [make_article, make_person, make_organization, make_tag, make_image],
    ids=lambda make: make.__name__,
)
def test_a_row_in_the_trash_is_hidden_and_not_lost(make):
    in_use, away = make(), make()
    put_away(away)
    model = type(in_use)
    assert model.objects.get() == in_use
    assert set(model.all_objects.all()) == {in_use, away}


def test_which_authors_are_in_the_trash_is_told_by_name():
    for name in ("Ann Marrow", "Bo Teal", "Cy Dace"):
        Author.objects.create(name=name)
    put_away(Author.objects.get(name="Bo Teal"))
    put_away(Author.objects.get(name="Cy Dace"))
    assert Author.objects.in_trash(["Ann Marrow", "Bo Teal", "Nobody"]) == {"Bo Teal"}


def test_a_value_that_a_row_in_the_trash_has_is_refused_at_its_field():
    put_away(make_tag("Ferries", slug="ferries"))
    sentence = "“Ferries” in the trash has this already: restore that, or choose another."
    for fields, expected in (
        ({"name": "Boats", "slug": "ferries"}, {"slug": [sentence]}),
        ({"name": "Ferries", "slug": "boats"}, {"name": [sentence]}),
    ):
        with pytest.raises(ValidationError) as refusal:
            Tag(**fields).validate_unique()
        assert refusal.value.message_dict == expected
    Tag(name="Ferries", slug="boats", kind=Tag.Kind.PLACE).validate_unique()
    Tag(name="Boats", slug="boats").validate_unique()


def test_a_field_that_the_form_leaves_out_is_not_compared_with_the_trash():
    put_away(make_tag("Ferries", slug="ferries"))
    Tag(name="Boats", slug="ferries").validate_unique(exclude={"slug"})
    Tag(name="Ferries", slug="boats").validate_unique(exclude={"kind"})


def test_a_row_is_no_conflict_with_itself_nor_one_in_use_a_conflict_with_the_trash():
    in_use, away = make_tag("Ferries"), make_tag("Boats")
    put_away(away)
    away.validate_unique()
    in_use.validate_unique()
    with pytest.raises(ValidationError) as refusal:
        Tag(name="Ferries", slug="ferries").validate_unique()
    assert "in the trash" not in str(refusal.value)
    assert {"slug", NON_FIELD_ERRORS} >= set(refusal.value.message_dict) > set()


def test_a_picture_may_come_again_beside_another_in_the_trash():
    put_away(make_image(sha256="a" * 64))
    with pytest.raises(ValidationError, match="in the trash"):
        Image(sha256="a" * 64).validate_unique()
    Image(sha256="b" * 64).validate_unique()


def test_an_entry_is_open_until_its_row_is_restored_or_deleted():
    waiting = TrashEntry.objects.create(kind="tag", row=1, name="Ferries")
    TrashEntry.objects.create(kind="tag", row=2, name="Boats", restored_at=timezone.now())
    TrashEntry.objects.create(kind="tag", row=3, name="Quays", emptied_at=timezone.now())
    assert TrashEntry.objects.open().get() == waiting
    assert str(waiting) == "Ferries"
    assert str(EmptiedItem(source="wire", ref="7")) == "wire 7"
