"""Sums of money: whole hundredths of the desk's currency, as typed and as written.

Every currency has two decimals here; a sum in yen just leaves them out.
"""

from __future__ import annotations

from cstrack.domain.errors import Usage

LARGEST = 10**12
"""Units of the currency; more is a slip of the finger."""
DECIMALS = 2


def parse(typed: str, option: str) -> int:
    """The hundredths of a sum typed as `2000` or `2000.50`, full-width digits, ¥ and 元 allowed.

    Usage 2 says what is wrong with it: below zero, with commas, with a third decimal, too large.
    """
    from unicodedata import normalize

    text = normalize("NFKC", typed).strip().removeprefix("¥").removesuffix("元").strip()
    if text[:1] in ("-", "−") and _is_number(text[1:].replace(",", "")):
        raise Usage("amount-below-zero", option=option, value=typed)
    if "," in text and _is_number(text.replace(",", "")):
        raise Usage("amount-with-commas", option=option, value=typed, right=text.replace(",", ""))
    if not _is_number(text):
        raise Usage("amount-not-understood", option=option, value=typed)
    whole, _point, decimals = text.partition(".")
    if len(decimals) > DECIMALS:
        raise Usage("amount-decimals", option=option, value=typed)
    units = whole.lstrip("0")[: len(str(LARGEST)) + 1]
    found = int(f"{units or 0}{decimals:0<2}")
    if found > LARGEST * 100:
        raise Usage("amount-too-large", option=option, value=typed, most=LARGEST)
    return found


def text(hundredths: int) -> str:
    """`2000`, `2000.50`: as people type it."""
    return exact(hundredths).removesuffix(".00")


def exact(hundredths: int) -> str:
    """`2000.00`: as programs read it."""
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _is_number(text: str) -> bool:
    """Whether it is digits, or digits around one point."""
    whole, point, decimals = text.partition(".")
    return all(part.isascii() and part.isdigit() for part in ([whole, decimals] if point else [whole]))
