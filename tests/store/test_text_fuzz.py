"""Whatever stands in a settings file or in a review's JSON is read, or refused in one sentence; nothing else happens.

What once did something else stays here as an example.
"""

import json
import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from review.errors import CloseoutError
from review.settings import Settings
from store.exports.document import Document, read
from store.settings_file import parse_settings, read_settings
from store.settings_text import fresh
from tests.store.exporting import a_row, render, sent

SOUND = fresh(Settings())
KEYS = ["currency", "weekday", "start", "period", "quota", "people", "stages", "thresholds", "agenda", "keys", "rates"]
VALUES = ["1", "-1", '"x"', "true", "[]", "{}", "[[]]", "{ x = 1 }", "1e400", "nan", "inf", "0x10", "10:00",
          "2026-02-30", "2026-11-23T10:00:00Z", '"\\u0000"', '"""', "99999999999999999999", "[1, 'a']"]  # fmt: skip
LINES = st.one_of(
    st.builds("{} = {}".format, st.sampled_from(KEYS) | st.text(max_size=5), st.sampled_from(VALUES)),
    st.builds("[{}]".format, st.sampled_from(KEYS)),
    st.builds("[[{}]]".format, st.sampled_from(KEYS)),
    st.text(max_size=12),
)


def settings_or_sentence(text: str) -> Settings | None:
    said = ""
    try:
        return parse_settings(text, "closeout.toml")
    except CloseoutError as error:
        said = str(error)
    assert said.startswith("closeout.toml")
    assert "\n" not in said
    return None


@given(st.text(max_size=80) | st.lists(LINES, max_size=6).map("\n".join))
@example("[team\nquota = ")
@example("a" * 70_000 + " = 1")
@example("x = " + "[" * 3000)
@example("keys.a.b = 1\nkeys.a = 2")
@example("[rates]\nGBP = inf")
@example("[rates]\nGBP = nan")
@example("start = 10:00:00.5")
def test_any_text_is_settings_or_one_sentence_with_the_file(text: str) -> None:
    settings_or_sentence(text)


def test_damaged_settings_are_read_or_refused_in_a_sentence(tmp_path) -> None:
    chance, taken = Random(7), 0
    for _ in range(150):
        text = list(SOUND)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(text))
            text[at : at + chance.choice((0, 1, 1, 40))] = chance.choice(
                ("", "=", '"', "[", "]", "\n", "9", "é", "\x00", "#")
            )
        taken += settings_or_sentence("".join(text)) is not None
    assert 10 < taken < 150


@given(st.binary(max_size=60))
@example(b"\xff")
@example(b"currency = '\x80'")
def test_any_bytes_in_the_place_of_the_settings_are_refused_or_read(data: bytes) -> None:
    said = "closeout.toml"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "closeout.toml"
        path.write_bytes(data)
        try:
            read_settings(path)
        except CloseoutError as error:
            said = str(error)
    assert "closeout.toml" in said


def review_or_sentence(data: bytes) -> Document | None:
    said = ""
    try:
        return read(data, "review.json")
    except CloseoutError as error:
        said = str(error)
    assert said.startswith("review.json")
    return None


REVIEW = render("json", sent(a_row(), a_row(id="b4")))
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(json.loads(REVIEW))), ANY)
def test_a_review_with_anything_in_any_place_is_read_or_refused(field: str, value: object) -> None:
    changed = json.loads(REVIEW)
    changed[field] = value
    review_or_sentence(json.dumps(changed).encode())


@given(st.integers(0, len(REVIEW)), st.binary(max_size=4), st.integers(0, 6))
@example(20, b"\x80", 0)
def test_a_review_with_damaged_bytes_is_read_or_refused(at: int, put: bytes, taken: int) -> None:
    review_or_sentence(REVIEW[:at] + put + REVIEW[at + taken :])


@pytest.mark.parametrize(
    "data", [b"[" * 100_000, b'{"closeout":1,"recap":' + b'{"a":' * 5000, b"", b"\xff\xfe", b"null"]
)
def test_a_deep_or_foreign_document_is_refused(data: bytes) -> None:
    assert review_or_sentence(data) is None
