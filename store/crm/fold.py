"""Folding of headers and words, so that `Close Date`, `CloseDate` and `close_date` are one key."""

import re
import unicodedata
from functools import lru_cache

PREFIXES = (
    "Deal - ", "Deal : ", "Opportunity_", "Obchod - ", "Trato - ", "Negocio - ", "Negócio - ", "Affaire - ",
    "Affare - ", "property_", "Sum of ", "Summe von ", "Somme de ", "Suma de ", "Opportunity: ", "Opportunité: ",
    "Opportunities: ", "Oportunidad: ", "Oportunidade: ",
)  # fmt: skip
"""What exports and replicas put before a field's own name."""
_OF_A_NAME = (
    ": Full Name",
    ": Account Name",
    ": Opportunity Name",
    ": Vollständiger Name",
    ": Accountname",
    ": Nom complet",
)
"""What report types of an admin's own put behind the name of whatever has one."""

_UNIT = re.compile(
    r"\s*(?:[\[(]\s*(?:[kKTM]?\s?(?:[$€£]|[A-Z]{3})|[$€£]\s?[kKM]|[A-Z]{3}\s[kK])\s*[\])]"
    r"|(?:\bin )?[kKTM]?[$€£]|\bin [kKTM]?[A-Z]{3})$"
)
"""A currency at the end of a header, as in Amount (EUR), Value in T€."""
_SMALL = re.compile(
    r"(?<!\w)(?:the|of|for|de|la|le|les|des|du|del|della|dello|di|da|do|der|die|das|den|dem|von|für|pour|para|van|het"
    r"|[dl]['’])(?!\w)|(?<!\w)[dl]['’]",
    re.IGNORECASE,
)
"""Little words that translations of one header put in or leave out."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Reduce a header or a word to its letters and digits: lower case, Latin letters without diacritics."""
    if text.isascii():
        return "".join(filter(str.isalnum, text)).lower()
    letters: list[str] = []
    base = ""
    for char in unicodedata.normalize("NFKD", text):
        if unicodedata.combining(char):
            # Other scripts keep their marks: in Japanese they tell one letter from another.
            if base and not unicodedata.name(base, "").startswith("LATIN"):
                letters.append(char)
        elif char.isalnum():
            base = char
            letters.append(char)
    return unicodedata.normalize("NFC", "".join(letters).casefold())


def tidy_header(text: str) -> str:
    """Give a header as people read it: no byte-order mark, no quotes around it, one space for any white space."""
    bare = " ".join(text.replace("\ufeff", "").split()).strip('"')
    # An apostrophe at the end alone closes a word within: Time in 'Proposal'.
    return bare.strip("'") if bare[:1] == "'" or bare.count("'") == 1 else bare


@lru_cache(maxsize=4096)
def header_keys(header: str) -> tuple[str, ...]:
    """Give the keys to look a header up by: the whole, without a prefix of `PREFIXES`, and without a unit."""
    short = [header[len(prefix) :] for prefix in PREFIXES if header[: len(prefix)].casefold() == prefix.casefold()]
    short += [header[: -len(tail)] for tail in _OF_A_NAME if header[-len(tail) :].casefold() == tail.casefold()]
    bare = [rest for one in (header, *short) if (rest := _UNIT.sub("", one)) not in (one, "")]
    return tuple(dict.fromkeys(fold(one) for one in (header, *short, *bare, plain_words(header))))


def plain_words(header: str) -> str:
    """Give a header of several words without the little ones, as written where there are none."""
    rest = _SMALL.sub(" ", header)
    return rest if len(rest.split()) > 1 else header
