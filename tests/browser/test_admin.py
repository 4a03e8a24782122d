"""The desk in a real browser: the editor mounts, nothing breaks the policy, a story goes its whole way."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image as Picture
from playwright.sync_api import expect

from articles.image_library import add_image
from articles.models import Article, Author, Edition, Image
from articles.roles import make_roles
from tests.browser.accessibility import assert_accessible
from tests.browser.login import log_in, log_in_by_hand
from tests.factories import make_article, make_live, make_person, make_tag, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def complaints(page) -> Iterator[list[str]]:
    """Collect what the browser complains of; a test ends well only without any."""
    messages: list[str] = []

    def collect(line: Any) -> None:
        if line.type in ("error", "warning"):
            messages.append(line.text)

    page.on("console", collect)
    page.on("pageerror", lambda error: messages.append(str(error)))
    yield messages
    assert messages == []


@pytest.fixture
def admin_page(page, complaints) -> Any:
    """Sign a chief in; the test fails if the browser complains."""
    return logged_in(page)


def logged_in(page) -> Any:
    make_roles()
    make_user(username="chief", groups=("chief", "operator"))
    log_in(page, "chief")
    return page


def picture() -> Image:
    stream = BytesIO()
    Picture.new("RGB", (400, 300), "teal").save(stream, "PNG")
    return add_image(stream.getvalue(), Image(name="harbour.png", alt="The harbour"))


def form_of(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def test_a_story_goes_its_whole_way_in_the_admin(admin_page):
    make_tag("Dredging")
    article = make_article(headline="Derived", is_headline_derived=True)
    admin_page.goto(form_of(article))
    admin_page.wait_for_selector("[contenteditable=true]")
    admin_page.get_by_text("Write a better headline.").wait_for()
    admin_page.fill("#id_headline", "Council votes to dredge")
    expect(admin_page.locator(".field-headline output")).to_contain_text("23 of about 70")
    admin_page.click("[contenteditable=true]")
    admin_page.keyboard.press("Control+End")
    admin_page.keyboard.type(" And this was typed.")
    admin_page.locator(".field-tags .select2-selection").click()
    admin_page.keyboard.type("dredg")
    admin_page.get_by_role("option", name="Dredging (topic)").click()
    admin_page.get_by_role("button", name="Save and preview").click()
    admin_page.locator("article h1", has_text="Council votes to dredge").wait_for()
    expect(admin_page.locator("article")).to_contain_text("And this was typed.")
    admin_page.get_by_role("link", name="Back to the form").click()
    admin_page.get_by_role("button", name="Publish now").click()
    admin_page.get_by_text("Published: readers have it since").wait_for()
    edition = Edition.objects.live().get()
    assert "And this was typed." in edition.body_html
    assert [tag["name"] for tag in edition.tags] == ["Dredging"]
    admin_page.get_by_role("button", name="Save and correct").click()
    admin_page.get_by_label("What was wrong").fill("We said two.")
    admin_page.get_by_label("What is right").fill("They were three.")
    admin_page.get_by_role("button", name="Correct now").click()
    admin_page.get_by_text("Corrected: readers see").wait_for()
    admin_page.get_by_role("link", name="Withdraw").click()
    admin_page.get_by_label("The reason").fill("It named the wrong man.")
    admin_page.get_by_role("button", name="Withdraw now").click()
    admin_page.locator(".state-line", has_text="It named the wrong man.").wait_for()


def test_opening_and_saving_changes_no_letter_of_the_body(admin_page):
    body = (
        "<p>One &amp; two <strong>bold</strong> <em>thin</em><br>line “quoted”.</p>\n<h2>Cross</h2>\n<ul>\n<li>A</li>\n"
        '<li>B</li>\n</ul>\n<blockquote>\n<p>Said.</p>\n</blockquote>\n<p><a href="https://a.example/">A</a></p>'
    )
    article = make_article(body_html=body)
    admin_page.goto(form_of(article))
    admin_page.wait_for_selector("[contenteditable=true]")
    admin_page.fill("#id_kicker", "Harbour")
    admin_page.get_by_role("button", name="Save", exact=True).click()
    admin_page.wait_for_selector(".messagelist")
    article.refresh_from_db()
    assert article.kicker == "Harbour"
    assert article.body_html == body


def test_pages_of_the_admin_keep_to_the_policy(admin_page):
    article = make_live(lead_image=picture(), people=(make_person("Ada Pell"),)).article
    pages = ["admin:index", "admin:articles_article_add", "admin:password_change"]
    models = "article image author person organization quote tag importrun waitingchange proposal correction user"
    pages += [f"admin:articles_{model}_changelist" for model in models.split()]
    pages += [
        f"admin:articles_{model}_add" for model in "image person organization tag user".split()
    ]
    for name in [*pages, "admin:auth_group_changelist", "admin:auth_group_add"]:
        admin_page.goto(reverse(name))
    for name in ("history", "delete", "preview", "correct", "withdraw", "original", "record"):
        admin_page.goto(reverse(f"admin:articles_article_{name}", args=[article.pk]))
    admin_page.goto(reverse("admin:articles_image_add") + "?_popup=1")


def test_a_picture_is_uploaded_from_the_form_of_its_story(admin_page, tmp_path):
    stream = BytesIO()
    Picture.new("RGB", (400, 300), "navy").save(stream, "PNG")
    file = tmp_path / "pier.png"
    file.write_bytes(stream.getvalue())
    article = make_article()
    admin_page.goto(form_of(article))
    admin_page.wait_for_selector("[contenteditable=true]")
    with admin_page.expect_popup() as opened:
        admin_page.locator("#add_id_lead_image").click()
    popup = opened.value
    popup.set_input_files("#id_file", file)
    popup.fill("#id_alt", "The pier")
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Save").click()
    admin_page.get_by_role("button", name="Save", exact=True).click()
    admin_page.locator(".messagelist", has_text="Saved as revision 2").wait_for()
    article.refresh_from_db()
    assert article.lead_image.name == "pier.png"
    expect(admin_page.locator(".field-picture img")).to_have_attribute(
        "src", re.compile("/320.jpeg$")
    )


def test_the_picture_chosen_is_shown_before_it_is_saved(admin_page):
    image = picture()
    admin_page.goto(form_of(make_article()))
    admin_page.locator(".field-lead_image .select2-selection").click()
    admin_page.keyboard.type("harb")
    admin_page.get_by_role("option", name="harbour.png — The harbour").click()
    expect(admin_page.locator(".field-picture img")).to_have_attribute(
        "src", f"/admin/articles/image/{image.token}/320.jpeg"
    )


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_our_pages(page, width):
    admin_page = logged_in(page)  # axe brings a style of its own, of which the browser complains

    article = make_live(lead_image=picture(), people=(make_person("Ada Pell"),)).article
    admin_page.set_viewport_size({"width": width, "height": 900})
    addresses = [form_of(article), reverse("admin:articles_article_add")]
    addresses += [reverse(f"admin:articles_{m}_changelist") for m in ("article", "image", "tag")]
    for name in ("history", "correct", "withdraw"):
        addresses.append(reverse(f"admin:articles_article_{name}", args=[article.pk]))
    addresses.append(reverse("admin:articles_article_revision", args=[article.pk, 1]))
    addresses.append(reverse("admin:articles_article_edition", args=[article.pk, 1]))
    for address in addresses:
        admin_page.goto(address)
        assert_accessible(admin_page, address)


def test_suggestions_show_text_and_run_nothing(admin_page):
    make_person("<img src=x onerror=\"document.title='run'\">")
    article = make_article()
    admin_page.goto(form_of(article))
    admin_page.locator(".field-people .select2-selection").click()
    admin_page.keyboard.type("img")
    admin_page.get_by_role("option", name="<img src=x").click()
    selection = admin_page.locator(".field-people .select2-selection")
    expect(selection).to_contain_text("<img src=x")
    assert admin_page.title() != "run"


def test_the_form_works_without_scripts(chromium, live_server):
    make_roles()
    make_user(username="chief", groups=("chief",))
    article = make_article()
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    log_in_by_hand(page, "chief")
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
