"""``cast.json`` -> tags, organizations, people: what a newsroom knows before a story comes in."""

import json
from pathlib import Path
from typing import Any

from articles.library import add_image
from articles.models import (
    Author,
    FormerTagName,
    Image,
    Membership,
    Organization,
    OtherName,
    Person,
    Tag,
)
from articles.text.fold import slugify

HERE = Path(__file__).parent


def read_cast() -> dict[str, Any]:
    """Return ``cast.json`` as it lies beside this file."""
    return json.loads((HERE / "cast.json").read_text(encoding="utf-8"))


def make_cast(cast: dict[str, Any]) -> None:
    """Create what of ``cast`` is missing; rows that are here stay as they are."""
    for position, given in enumerate(cast["tags"], start=1):
        _make_tag(given, position)
    for given in cast["organizations"]:
        _make_organization(given)
    for given in cast["people"]:
        _make_person(given)
    for given in cast["authors"]:
        Author.objects.get_or_create(name=given["name"])


def hang_pictures(cast: dict[str, Any]) -> None:
    """Take the pictures into the library, those that are missing."""
    for given in cast["pictures"]:
        if Image.objects.filter(name=given["file"]).exists():
            continue
        image = Image(
            name=given["file"],
            alt=given["alt"],
            caption=given["caption"],
            credit=given["credit"],
            is_decorative=given["decorative"],
        )
        add_image((HERE / "pictures" / given["file"]).read_bytes(), image)


def _make_tag(given: dict[str, Any], position: int) -> None:
    parent = given.get("parent")
    tag, is_new = Tag.objects.get_or_create(
        kind=given["kind"],
        name=given["name"],
        defaults={
            "slug": slugify(given["name"]),
            "position": position,
            "qcode": given.get("qcode", ""),
            "parent": Tag.objects.get(kind=given["kind"], name=parent) if parent else None,
        },
    )
    for name in given.get("former_names", ()) if is_new else ():
        FormerTagName.objects.create(tag=tag, name=name, slug=slugify(name))


def _make_organization(given: dict[str, Any]) -> None:
    parent = given.get("parent")
    body, is_new = Organization.objects.get_or_create(
        name=given["name"],
        defaults={
            "slug": slugify(given["name"]),
            "abbreviation": given.get("abbreviation", ""),
            "kind": given["kind"],
            "parent": Organization.objects.get(name=parent) if parent else None,
            "is_confirmed": True,
        },
    )
    if is_new:
        _make_other_names(given, organization=body)


def _make_person(given: dict[str, Any]) -> None:
    plain = "given_name", "family_name", "honorific", "biography"
    person, is_new = Person.objects.get_or_create(
        name=given["name"],
        defaults={name: given.get(name, "") for name in plain}
        | {
            "slug": slugify(given["name"]),
            "sort_name": f"{given['family_name']}, {given['given_name']}",
            "is_confirmed": True,
            "is_biography_public": True,
        },
    )
    if not is_new:
        return
    _make_other_names(given, person=person)
    for held in given.get("memberships", ()):
        Membership.objects.create(
            person=person,
            organization=Organization.objects.get(name=held["organization"]),
            role=held["role"],
            start_date=held["start_date"],
            end_date=held["end_date"],
            is_confirmed=True,
            is_public=True,
        )


def _make_other_names(given: dict[str, Any], **owner: Any) -> None:
    for other in given.get("other_names", ()):
        OtherName.objects.create(
            name=other["name"], kind=other["kind"], visibility=other["visibility"], **owner
        )
