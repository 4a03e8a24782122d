"""``cast.json`` -> tags, organizations, people: what a newsroom knows before a story comes in."""

import json
from pathlib import Path
from typing import Any

from articles.image_library import add_image
from articles.models import (
    Author,
    AuthorLink,
    DeskNameWord,
    FormerTagName,
    Image,
    Membership,
    Organization,
    OtherName,
    Person,
    Tag,
)
from articles.text.fold import slugify

DEMO_DIR = Path(__file__).parent


def read_cast() -> dict[str, Any]:
    """Return ``cast.json`` as it lies beside this file."""
    return json.loads((DEMO_DIR / "cast.json").read_text(encoding="utf-8"))


def make_cast(cast: dict[str, Any]) -> None:
    """Create what of ``cast`` is missing; rows that are here, or in the trash, stay as they are."""
    for position, entry in enumerate(cast["tags"], start=1):
        _make_tag(entry, position)
    for entry in cast["organizations"]:
        _make_organization(entry)
    for entry in cast["people"]:
        _make_person(entry)
    for entry in cast["authors"]:
        _make_author(entry)
    for model in (Tag, Organization, Person, Author):
        DeskNameWord.objects.index(model.all_objects.all())


def add_pictures(cast: dict[str, Any]) -> None:
    """Take the pictures into the library, those that are missing."""
    for entry in cast["pictures"]:
        if Image.all_objects.filter(name=entry["file"]).exists():
            continue
        image = Image(
            name=entry["file"],
            alt=entry["alt"],
            caption=entry["caption"],
            credit=entry["credit"],
            is_decorative=entry["decorative"],
        )
        add_image((DEMO_DIR / "pictures" / entry["file"]).read_bytes(), image)


def _make_tag(entry: dict[str, Any], position: int) -> None:
    parent, parent_kind = entry.get("parent"), entry.get("parent_kind", entry["kind"])
    tag, is_new = Tag.all_objects.get_or_create(
        kind=entry["kind"],
        name=entry["name"],
        defaults={
            "slug": slugify(entry["name"]),
            "position": position,
            "qcode": entry.get("qcode", ""),
            "description": entry.get("description", ""),
            "parent": Tag.all_objects.get(kind=parent_kind, name=parent) if parent else None,
        },
    )
    for name in entry.get("former_names", ()) if is_new else ():
        FormerTagName.objects.create(tag=tag, name=name, slug=slugify(name))


def _make_organization(entry: dict[str, Any]) -> None:
    parent = entry.get("parent")
    organization, is_new = Organization.all_objects.get_or_create(
        name=entry["name"],
        defaults={
            "slug": slugify(entry["name"]),
            "abbreviation": entry.get("abbreviation", ""),
            "kind": entry["kind"],
            "parent": Organization.all_objects.get(name=parent) if parent else None,
            "is_confirmed": True,
        },
    )
    if is_new:
        _make_other_names(entry, organization=organization)


def _make_person(entry: dict[str, Any]) -> None:
    plain = "given_name", "family_name", "honorific", "biography"
    person, is_new = Person.all_objects.get_or_create(
        name=entry["name"],
        defaults={name: entry.get(name, "") for name in plain}
        | {
            "slug": slugify(entry["name"]),
            "sort_name": f"{entry['family_name']}, {entry['given_name']}",
            "is_confirmed": True,
            "is_biography_public": True,
        },
    )
    if not is_new:
        return
    _make_other_names(entry, person=person)
    for membership in entry.get("memberships", ()):
        Membership.objects.create(
            person=person,
            organization=Organization.all_objects.get(name=membership["organization"]),
            role=membership["role"],
            start_date=membership["start_date"],
            end_date=membership["end_date"],
            is_confirmed=True,
            is_public=True,
        )


def _make_author(entry: dict[str, Any]) -> None:
    plain = {name: entry.get(name, "") for name in ("beat", "biography", "email")}
    flags = {"is_biography_public": True, "is_email_public": True}
    author, is_new = Author.all_objects.get_or_create(name=entry["name"], defaults=plain | flags)
    for link in entry.get("links", ()) if is_new else ():
        AuthorLink.objects.create(author=author, is_public=True, **link)


def _make_other_names(entry: dict[str, Any], **owner: Any) -> None:
    for other in entry.get("other_names", ()):
        OtherName.objects.create(
            name=other["name"], kind=other["kind"], visibility=other["visibility"], **owner
        )
