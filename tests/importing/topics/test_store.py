"""Topics of a vocabulary as tags: known by their codes, whatever they are called."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from articles.importing.formats.types import ReadError
from articles.importing.topics.codes import tags_by_code
from articles.importing.topics.report import TopicReport
from articles.importing.topics.store import import_topics
from articles.models import FormerTagName, Tag, TagCode
from articles.record.trash.moves import move_to_trash, restore_from_trash
from tests.factories import make_live, make_tag, make_user

pytestmark = pytest.mark.django_db
CV = "http://cv.iptc.org/newscodes/"


def concept(number: int, label: str, broader: int = 0, **more: Any) -> dict[str, Any]:
    code = f"{number:08d}"
    parent = {"broader": [f"{CV}mediatopic/{broader:08d}"]} if broader else {}
    texts = {"prefLabel": {"en-GB": label}, "definition": {"en-GB": f"All about {label}."}}
    return {"uri": f"{CV}mediatopic/{code}", "qcode": f"medtop:{code}"} | texts | parent | more


SEA = concept(99000000, "sea")
BOATS = concept(29000001, "boats", 99000000, exactMatch=[f"{CV}subjectcode/99001000"])
RAFTS = concept(29000002, "rafts", 29000001)
RETIRED = {"retired": "2024-01-01T00:00:00+00:00"}


def import_concepts(*concepts: Any, language: str = "en-gb", **options: Any) -> TopicReport:
    return import_topics(
        BytesIO(json.dumps({"conceptSet": concepts}).encode()), language, **options
    )


def test_the_standards_topics_come_in_once_each_retired_code_leads_to_a_live_tag(
    shared: Path,
) -> None:
    path = shared / "formats" / "mediatopics" / "cptall-en-GB.json"
    with path.open("rb") as stream:
        first = import_topics(stream, "en-gb")
    assert (first.created, first.refused) == (1084, 0)
    tags = Tag.objects.filter(qcode__startswith="medtop:")
    assert (tags.count(), tags.filter(parent=None).count()) == (1084, 17)
    retired = TagCode.objects.filter(qcode__startswith="medtop:")
    assert retired.count() == 308
    assert all(row.tag.qcode.startswith("medtop:") for row in retired.select_related("tag"))
    with path.open("rb") as stream:
        again = import_topics(stream, "en-gb")
    assert (again.created, again.updated, again.unchanged) == (0, 0, 1084)
    assert (again.codes, again.codes_changed, again.retired, again.notes) == (0, 0, 0, [])
    assert first.seconds < 20


def test_a_topic_has_its_name_its_place_and_its_words() -> None:
    import_concepts(RAFTS, BOATS, SEA)
    tag = Tag.objects.get(qcode="medtop:29000002")
    assert (tag.name, tag.kind, tag.description) == ("rafts", "topic", "All about rafts.")
    assert (tag.parent.name, tag.parent.parent.name) == ("boats", "sea")


def test_a_changed_label_renames_the_tag_and_its_old_address_redirects(client) -> None:
    import_concepts(SEA, BOATS)
    tag = Tag.objects.get(qcode="medtop:29000001")
    make_live(tags=(tag,))
    report = import_concepts(SEA, concept(29000001, "ships", 99000000))
    tag.refresh_from_db()
    assert (tag.name, tag.slug, report.renamed) == ("ships", "ships", 1)
    assert FormerTagName.objects.get(slug="boats").tag == tag
    response = client.get("/tags/boats/")
    assert (response.status_code, response["Location"]) == (301, "/tags/ships/")


def test_a_name_that_comes_back_has_its_old_address_again() -> None:
    ships = concept(29000001, "ships", 99000000)
    for value in (BOATS, ships, BOATS, ships, BOATS):
        import_concepts(SEA, value)
    assert Tag.objects.get(qcode="medtop:29000001").slug == "boats"
    assert list(FormerTagName.objects.values_list("slug", flat=True)) == ["ships"]


def test_a_tag_of_that_name_without_a_code_is_adopted() -> None:
    tag = make_tag("Boats")
    report = import_concepts(SEA, BOATS)
    tag.refresh_from_db()
    assert (tag.qcode, report.adopted, report.created) == ("medtop:29000001", 1, 1)
    assert Tag.objects.filter(name__iexact="boats").count() == 1
    assert import_concepts(SEA, BOATS).updated == 0


def test_a_section_of_that_name_is_the_topic_and_stays_as_the_paper_has_it() -> None:
    section = make_tag("Boats", kind="section", description="Our own words.")
    report = import_concepts(SEA, BOATS, RAFTS)
    section.refresh_from_db()
    assert (section.qcode, section.parent, report.adopted) == ("medtop:29000001", None, 1)
    assert (section.name, section.description) == ("Boats", "Our own words.")
    assert Tag.objects.get(name="rafts").parent == section
    assert Tag.objects.filter(name__iexact="boats").count() == 1
    assert import_concepts(SEA, BOATS, RAFTS).updated == 0
    import_concepts(SEA, {**BOATS, **RETIRED}, RAFTS)
    assert Tag.objects.filter(pk=section.pk).exists()


def test_where_several_tags_have_its_name_a_person_is_asked_which_it_is() -> None:
    first = make_tag("Sea", kind="place")
    make_tag("sea", kind="section", slug="sea-section")
    report = import_concepts(SEA)
    assert (report.created, report.adopted) == (0, 0)
    assert "medtop:99000000: “sea” may mean any of" in report.notes[0]
    Tag.objects.filter(pk=first.pk).update(qcode="medtop:99000000")
    report = import_concepts(SEA)
    assert (report.created, report.notes) == (0, [])


def test_codes_lead_to_tags_own_retired_and_older_ones() -> None:
    import_concepts(
        SEA,
        BOATS,
        concept(29000003, "arks", 29000002, **RETIRED),
        concept(29000002, "rafts", 29000001, **RETIRED),
    )
    boats = Tag.objects.get(qcode="medtop:29000001").pk
    qcodes = ["medtop:29000001", "medtop:29000003", "subj:99001000", "medtop:1", ""]
    assert tags_by_code(qcodes) == dict.fromkeys(qcodes[:3], boats)
    assert TagCode.objects.get(qcode="medtop:29000003").label == "arks"
    assert tags_by_code([]) == {}


def test_a_ring_of_retired_concepts_ends_and_is_said() -> None:
    report = import_concepts(
        SEA,
        concept(29000001, "a", 29000002, **RETIRED),
        concept(29000002, "b", 29000001, **RETIRED),
    )
    assert TagCode.objects.count() == 0
    assert len(report.notes) == 2


def test_a_ring_of_live_concepts_makes_no_ring_of_tags() -> None:
    import_concepts(concept(29000001, "a", 29000002), concept(29000002, "b", 29000001))
    first, second = Tag.objects.order_by("name")
    assert not (first.parent_id and second.parent_id)
    assert (
        import_concepts(concept(29000001, "a", 29000002), concept(29000002, "b", 29000001)).updated
        == 0
    )


def test_a_retired_topic_becomes_a_code_unless_stories_use_it(client) -> None:
    import_concepts(SEA, BOATS, RAFTS)
    make_live(tags=(Tag.objects.get(qcode="medtop:29000001"),))
    retired = [{**BOATS, **RETIRED}, {**RAFTS, **RETIRED}]
    report = import_concepts(SEA, *retired)
    assert Tag.objects.filter(name="boats").exists()
    assert any("boats" in note for note in report.notes)
    assert not Tag.objects.filter(name="rafts").exists()
    assert TagCode.objects.get(qcode="medtop:29000002").tag.name == "boats"
    assert FormerTagName.objects.get(slug="rafts").tag.name == "boats"
    again = import_concepts(SEA, *retired)
    assert (again.created, again.updated, again.codes, again.codes_changed) == (0, 0, 0, 0)


def test_what_an_editor_changed_is_not_overwritten() -> None:
    import_concepts(SEA, BOATS)
    tag: Any = Tag.objects.get(qcode="medtop:29000001")
    tag.description, tag._history_user = "Our own words.", make_user()
    tag.save()
    import_concepts(SEA, concept(29000001, "ships", 99000000))
    tag.refresh_from_db()
    assert (tag.name, tag.description) == ("ships", "Our own words.")


def test_words_are_in_the_papers_language_else_in_english() -> None:
    both = {"prefLabel": {"en-GB": "sea", "de": "Meer"}, "definition": {"en-GB": "Water."}}
    import_concepts({**SEA, **both}, language="de-at")
    assert Tag.objects.values_list("name", "description").get() == ("Meer", "Water.")


def test_a_dry_run_keeps_nothing() -> None:
    assert import_concepts(SEA, BOATS, dry_run=True).created == 2
    assert Tag.objects.count() == 0


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"\x00\xff", b"[" * 5000, b'{"conceptSet": 3}', b"x" * 10**6]
)
def test_what_is_no_vocabulary_is_an_error_in_words(data: bytes) -> None:
    with pytest.raises(ReadError):
        import_topics(BytesIO(data), "en-gb")


def test_bad_concepts_cost_only_themselves() -> None:
    bad = [
        3,
        None,
        {},
        {"qcode": "medtop:29000009"},
        concept(29000008, "x" * 500),
        concept(29000007, "\x00\ud800"),
    ]
    bad += [{"qcode": ["medtop:29000006"], "prefLabel": 3, "broader": {"a": 1}}]
    report = import_concepts(SEA, *bad)
    assert (report.created, report.refused) == (1, len(bad))
    assert {refusal.field for refusal in report.refusals} == {"concept", "qcode", "prefLabel"}


def test_a_tag_in_the_trash_stays_there_as_it_is() -> None:
    import_concepts(BOATS, SEA)
    tag = Tag.objects.get(name="boats")
    entry = move_to_trash(tag, by=None)
    renamed = concept(29000001, "vessels", 99000000)
    report = import_concepts(renamed, RAFTS, SEA)
    assert report.notes == ["medtop:29000001: “boats” is in the trash here, and stays as it is."]
    assert (report.created, report.renamed) == (1, 0)
    assert Tag.objects.get(name="rafts").parent is None
    assert not Tag.objects.filter(qcode="medtop:29000001").exists()
    restore_from_trash(entry, by=None)
    assert Tag.objects.get(qcode="medtop:29000001").name == "boats"


def test_a_topic_called_as_a_tag_in_the_trash_makes_no_second_tag() -> None:
    move_to_trash(make_tag("Sea"), by=None)
    report = import_concepts(SEA)
    assert report.created == 0
    assert "in the trash" in report.notes[0]
