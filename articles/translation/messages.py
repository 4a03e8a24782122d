"""Messages of the rooms without Django, in the language of whom they are shown to."""

from django.utils.translation import gettext, ngettext

from articles.text.messages import AnyMessage, Message, Params, PluralMessage, fill


def translate(message: AnyMessage | str) -> str:
    """Return ``message`` in the active language; plain text, which nobody has marked, as it stands."""
    if isinstance(message, PluralMessage):
        text = ngettext(message.id, message.plural, message.count)
        return fill(text, _translated(message.all_params))
    if isinstance(message, Message):
        return fill(gettext(message.id), _translated(message.params))
    return message


def _translated(params: Params) -> Params:
    """Return ``params`` with the messages among them translated."""
    return {
        name: translate(value) if isinstance(value, Message | PluralMessage) else value
        for name, value in params.items()
    }
