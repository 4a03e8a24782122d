"""Which languages there are, which one the paper speaks, and what stands in its catalogs."""

import hashlib
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import override, to_language, to_locale

DOMAIN = "django"
SOURCE = "en"  # what the code is written in
LOCALE = Path(__file__).parent.parent / "locale"


def in_paper_language() -> override:
    """Speak the paper's language for a while: what readers get knows nothing of the desk's languages."""
    return override(settings.LANGUAGE_CODE)


def in_source_language() -> override:
    """Speak as the code is written for a while: for labels that are stored, and translated where they are shown."""
    return override(None)


def catalog_of(language: str, suffix: str = "po") -> Path:
    """Return where our own catalog of ``language`` stands; ``suffix`` is ``po`` or, compiled, ``mo``."""
    return LOCALE / to_locale(language) / "LC_MESSAGES" / f"{DOMAIN}.{suffix}"


def desk_languages() -> list[tuple[str, str]]:
    """Return the languages that the desk can speak, each with its own name: the source and what has a catalog."""
    names = dict(settings.LANGUAGES)
    languages = {to_language(folder.name) for place in _folders() for folder in place.glob("*/")}
    with_catalog = [code for code in names if code != SOURCE and code in languages]
    own_names = {
        code: info["name_local"] for code, info in LANG_INFO.items() if "name_local" in info
    }
    return [(code, own_names.get(code, names[code])) for code in (SOURCE, *with_catalog)]


def _folders() -> list[Path]:
    """Return the folders with our catalogs, the strongest first: those of the settings, then our own."""
    return [*map(Path, settings.LOCALE_PATHS), Path(apps.get_app_config("articles").path, "locale")]


@cache
def catalog_version() -> str:
    """Name what the paper's language is translated with (hex): it changes with any of its compiled catalogs."""
    locale = to_locale(settings.LANGUAGE_CODE)
    digest = hashlib.sha256(settings.LANGUAGE_CODE.encode())
    for folder in _folders():
        for name in dict.fromkeys((locale, locale.partition("_")[0])):
            file = folder / name / "LC_MESSAGES" / f"{DOMAIN}.mo"
            digest.update(file.read_bytes() if file.is_file() else b"")
    return digest.hexdigest()[:16]
