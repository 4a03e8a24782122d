"""Messages are translated where they are shown, in the language of whom they are shown to."""

from django.utils.translation import override

from articles.text.messages import Message, PluralMessage
from articles.translation.messages import translate

QUOTES = ("%(count)s quote", "%(count)s quotes")


def test_plain_text_stays_as_it_is() -> None:
    assert translate("50 % of it") == "50 % of it"


def test_message_is_translated(pseudo_locale: str) -> None:
    message = Message("The fault is ours")
    assert str(message) == "The fault is ours"
    with override(pseudo_locale):
        assert translate(message) == "Ţĥéé ƒááúúļţ ííš óóúúŕš"


def test_message_within_a_message_is_translated(pseudo_locale: str) -> None:
    message = Message("Correction: %(wrong)s %(right)s", {"wrong": Message("Stories"), "right": 8})
    with override(pseudo_locale):
        assert translate(message) == "Çóóŕŕééçţííóóñ: Šţóóŕííééš 8"


def test_plural_follows_the_count(pseudo_locale: str) -> None:
    with override(pseudo_locale):
        assert translate(PluralMessage(*QUOTES, 1)) == "1 ɋúúóóţéé"
        assert translate(PluralMessage(*QUOTES, 2)) == "2 ɋúúóóţééš"
