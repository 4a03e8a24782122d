"""The desk in a real browser: the editor mounts, nothing breaks the policy, a story goes its whole way."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image as Picture

from articles.library import add_image
from articles.models import Article, Author, Edition, Image
from articles.roles import make_roles
from tests.factories import make_article, make_live, make_person, make_tag, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def complaints(page) -> Iterator[list[str]]:
    """Collect what the browser complains of; a test ends well only without any."""
    said: list[str] = []
    page.on("console", lambda line: line.type in ("error", "warning") and said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield said
    assert said == []


@pytest.fixture
def desk(page, complaints) -> Any:
    """Log a chief in through the login page; the test fails if the browser complains."""
    return logged_in(page)


def logged_in(page) -> Any:
    make_roles()
    make_user(username="chief", groups=("chief", "operator"))
    page.goto(reverse("admin:login"))
    page.fill("#id_username", "chief")
    page.fill("#id_password", "a password for tests")
    page.click("[type=submit]")
    return page


def picture() -> Image:
    stream = BytesIO()
    Picture.new("RGB", (400, 300), "teal").save(stream, "PNG")
    return add_image(stream.getvalue(), Image(name="harbour.png", alt="The harbour"))


def form_of(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def test_a_story_goes_its_whole_way_at_the_desk(desk):
    make_tag("Dredging")
    article = make_article(headline="Derived", is_headline_derived=True)
    desk.goto(form_of(article))
    desk.wait_for_selector("[contenteditable=true]")
    desk.get_by_text("Write a better headline.").wait_for()
    desk.fill("#id_headline", "Council votes to dredge")
    assert "23 of about 70" in desk.locator(".field-headline output").inner_text()
    desk.click("[contenteditable=true]")
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" And this was typed.")
    desk.locator(".field-tags .select2-selection").click()
    desk.keyboard.type("dredg")
    desk.get_by_role("option", name="Dredging (topic)").click()
    desk.get_by_role("button", name="Save and preview").click()
    desk.locator("article h1", has_text="Council votes to dredge").wait_for()
    assert "And this was typed." in desk.locator("article").inner_text()
    desk.get_by_role("link", name="Back to the form").click()
    desk.get_by_role("button", name="Publish now").click()
    desk.get_by_text("Published: readers have it since").wait_for()
    edition = Edition.objects.live().get()
    assert "And this was typed." in edition.body_html
    assert [tag["name"] for tag in edition.tags] == ["Dredging"]
    desk.get_by_role("button", name="Save and correct").click()
    desk.get_by_label("What was wrong").fill("We said two.")
    desk.get_by_label("What is right").fill("They were three.")
    desk.get_by_role("button", name="Correct now").click()
    desk.get_by_text("Corrected: readers see").wait_for()
    desk.get_by_role("link", name="Withdraw").click()
    desk.get_by_label("The reason").fill("It named the wrong man.")
    desk.get_by_role("button", name="Withdraw now").click()
    desk.locator(".state-line", has_text="It named the wrong man.").wait_for()


def test_opening_and_saving_changes_no_letter_of_the_body(desk):
    body = (
        "<p>One &amp; two <strong>bold</strong> <em>thin</em><br>line “quoted”.</p>\n<h2>Cross</h2>\n<ul>\n<li>A</li>\n"
        '<li>B</li>\n</ul>\n<blockquote>\n<p>Said.</p>\n</blockquote>\n<p><a href="https://a.example/">A</a></p>'
    )
    article = make_article(body_html=body)
    desk.goto(form_of(article))
    desk.wait_for_selector("[contenteditable=true]")
    desk.fill("#id_kicker", "Harbour")
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.wait_for_selector(".messagelist")
    article.refresh_from_db()
    assert article.kicker == "Harbour"
    assert article.body_html == body


def test_pages_of_the_desk_keep_to_the_policy(desk):
    article = make_live(lead_image=picture(), people=(make_person("Ada Pell"),)).article
    pages = ["admin:index", "admin:articles_article_add", "admin:password_change"]
    models = (
        "article image author person organization quote tag importrun waitingchange correction user"
    )
    pages += [f"admin:articles_{model}_changelist" for model in models.split()]
    pages += [
        f"admin:articles_{model}_add" for model in "image person organization tag user".split()
    ]
    for name in [*pages, "admin:auth_group_changelist", "admin:auth_group_add"]:
        desk.goto(reverse(name))
    for name in ("history", "delete", "preview", "correct", "withdraw", "original", "record"):
        desk.goto(reverse(f"admin:articles_article_{name}", args=[article.pk]))
    desk.goto(reverse("admin:articles_image_add") + "?_popup=1")


def test_a_picture_is_uploaded_from_the_form_of_its_story(desk, tmp_path):
    stream = BytesIO()
    Picture.new("RGB", (400, 300), "navy").save(stream, "PNG")
    file = tmp_path / "pier.png"
    file.write_bytes(stream.getvalue())
    article = make_article()
    desk.goto(form_of(article))
    desk.wait_for_selector("[contenteditable=true]")
    with desk.expect_popup() as opened:
        desk.locator("#add_id_lead_image").click()
    popup = opened.value
    popup.set_input_files("#id_file", file)
    popup.fill("#id_alt", "The pier")
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Save").click()
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.locator(".messagelist", has_text="Saved as revision 2").wait_for()
    article.refresh_from_db()
    assert article.lead_image.name == "pier.png"
    assert desk.locator(".field-picture img").get_attribute("src").endswith("/320.jpeg")


def test_the_picture_chosen_is_shown_before_it_is_saved(desk):
    image = picture()
    desk.goto(form_of(make_article()))
    desk.locator(".field-lead_image .select2-selection").click()
    desk.keyboard.type("harb")
    desk.get_by_role("option", name="harbour.png — The harbour").click()
    shown = desk.locator(".field-picture img")
    assert shown.get_attribute("src") == f"/admin/articles/image/{image.token}/320.jpeg"


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_our_pages(page, width):
    desk = logged_in(page)  # axe brings a style of its own, of which the browser complains
    from axe_playwright_python.sync_playwright import Axe

    article = make_live(lead_image=picture(), people=(make_person("Ada Pell"),)).article
    desk.set_viewport_size({"width": width, "height": 900})
    addresses = [form_of(article), reverse("admin:articles_article_add")]
    addresses += [reverse(f"admin:articles_{m}_changelist") for m in ("article", "image", "tag")]
    for name in ("history", "correct", "withdraw"):
        addresses.append(reverse(f"admin:articles_article_{name}", args=[article.pk]))
    addresses.append(reverse("admin:articles_article_revision", args=[article.pk, 1]))
    addresses.append(reverse("admin:articles_article_edition", args=[article.pk, 1]))
    found = {}
    for address in addresses:
        desk.goto(address)
        for violation in Axe().run(desk, options={"runOnly": WCAG}).response["violations"]:
            nodes = [node["html"][:160] for node in violation["nodes"]]
            found[f"{address} {violation['id']}"] = nodes[:3]
    assert found == {}


def test_suggestions_show_text_and_run_nothing(desk):
    make_person("<img src=x onerror=\"document.title='run'\">")
    article = make_article()
    desk.goto(form_of(article))
    desk.locator(".field-people .select2-selection").click()
    desk.keyboard.type("img")
    desk.get_by_role("option", name="<img src=x").click()
    assert "<img src=x" in desk.locator(".field-people .select2-selection").inner_text()
    assert desk.title() != "run"


def test_the_form_works_without_scripts(chromium, live_server):
    make_roles()
    make_user(username="chief", groups=("chief",))
    article = make_article()
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(reverse("admin:login"))
    page.fill("#id_username", "chief")
    page.fill("#id_password", "a password for tests")
    page.click("[type=submit]")
    page.goto(form_of(article))
    page.fill("#id_body_html", "<p>Written in the bare textarea.</p>")
    page.locator("[name=byline_name]").first.fill("Nia Vale")
    page.get_by_role("button", name="Publish now").click()
    page.get_by_text("Published: readers have it since").wait_for()
    context.close()
    edition = Edition.objects.live().get()
    assert "bare textarea" in edition.body_html
    author = Author.objects.get()
    assert edition.bylines == [{"name": "Nia Vale", "role": "", "id": author.pk}]
