"""The language of what a person reads. English is the source; other catalogues are loaded when wanted."""

from __future__ import annotations

import os

LANGUAGES = ("en", "zh")
DOMAIN = "cstrack"
_FOLDERS = {"zh": "zh_CN"}
_NUMERALS = str.maketrans("123456789", "一二三四五六七八九")


class _Catalogue:
    """The messages of the chosen language; none for English."""

    messages: dict[str, str] | None = None
    language = "en"


def choose(wanted: str) -> str:
    """The supported language nearest to a tag such as zh_CN.UTF-8, zh-Hans or C."""
    return "zh" if wanted.lower().startswith("zh") else "en"


def use(language: str) -> None:
    """Speak this language from now on."""
    _Catalogue.language = language
    _Catalogue.messages = None
    folder = _FOLDERS.get(language)
    if folder:
        import gettext

        root = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "locale")
        with open(os.path.join(root, folder, "LC_MESSAGES", f"{DOMAIN}.mo"), "rb") as file:
            _Catalogue.messages = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]  # noqa: SLF001


def language() -> str:
    """The language in use: en or zh."""
    return _Catalogue.language


def _(message: str) -> str:
    """The message in the language in use."""
    messages = _Catalogue.messages
    return message if messages is None else messages.get(message) or message


def numeral(level: object) -> str:
    """A level as it is said in the language in use: `2`, `二`."""
    text = str(level)
    return text.translate(_NUMERALS) if _Catalogue.language == "zh" and len(text) == 1 else text


def term(entry: dict[str, object]) -> str:
    """The name of a policy's entry (level, flag, category) in the language in use."""
    return str(entry.get(_Catalogue.language) or entry["en"])
