from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from review.locks_compared import compare
from review.past_search import Search
from review.people import display_names
from review.story import Reading, chapters
from store.demo.build import build
from store.past import DiskArchive
from store.reviews import Reviews
from store.workspace import Workspace

TODAY = date(2026, 11, 23)
LOCKS = tuple((TODAY - timedelta(weeks=weeks)).isoformat() for weeks in (4, 3, 2, 1))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    found = Workspace(tmp_path_factory.mktemp("past") / "demo")
    build(found, TODAY)
    return found


@pytest.fixture(scope="module")
def archive(workspace):
    return DiskArchive(workspace)


@pytest.fixture(scope="module")
def now(workspace):
    return Reviews(workspace).now()


def deal_called(ledger, title):
    return next(ident for ident, record in ledger.deals.items() if record.crm.title == title)


def test_a_review_is_read_only_where_it_holds_what_is_asked_for(archive, now):
    northwind = deal_called(now.ledger, "Northwind")
    assert archive.recorded(LOCKS[0], [northwind]) == archive.recorded(LOCKS[0])
    assert archive.recorded(LOCKS[0], ["no such deal"]) == ()


def test_what_a_lock_froze_is_what_its_minutes_fold_to(archive):
    for review in LOCKS:
        frozen, folded = archive.ledger(review), archive.minutes(review).meeting.ledger
        assert dict(frozen.deals.items()) == dict(folded.deals.items())
        assert replace(frozen, current={}) == replace(folded, current={}, settled=frozen.settled)


def test_a_snapshot_that_is_gone_is_worked_out_from_the_minutes(workspace, tmp_path):
    copy = Workspace(tmp_path / "copy")
    build(copy, TODAY)
    copy.snapshot(LOCKS[2]).unlink()
    assert DiskArchive(copy).ledger(LOCKS[2]).held == 3


def compared(before, after, settings):
    found = compare(before, after, settings)
    assert found is not None
    return found


def test_two_locks_are_compared_without_a_rest(archive, now):
    for at, before in enumerate(LOCKS):
        for after in LOCKS[at + 1 :]:
            found = compared(archive.ledger(before), archive.ledger(after), now.settings)
            assert found.bridge.unexplained == 0
            assert (found.before.review, found.after.review) == (before, after)
    neighbours = compared(archive.ledger(LOCKS[2]), archive.ledger(LOCKS[3]), now.settings)
    assert "closes Thu 3 Dec → Fri 4 Dec" in {one.title: one.words for one in neighbours.moved}["Northwind"]


def test_a_lock_compared_with_itself_has_not_moved(archive, now):
    ledger = archive.ledger(LOCKS[3])
    found = compared(ledger, ledger, now.settings)
    assert (found.bridge.start, found.bridge.lines, found.moved) == (found.bridge.end, (), ())


def told(archive, ledger, title):
    deal = deal_called(ledger, title)
    reading = Reading(deal)
    return {
        chapter.review: [
            (one.what, one.text)
            for one in (*chapter.told, *reading.read(archive.recorded(chapter.review, reading.ids), chapter.day))
        ]
        for chapter in chapters(deal, ledger.deals[deal], ledger.locks)
    }


def test_the_story_of_a_deal_tells_its_moves_its_steps_and_what_became_of_them(archive, now):
    story = told(archive, now.ledger, "Northwind")
    assert tuple(story) == LOCKS
    assert ("step", "“Send Dana the three-year offer”, due Thu 29 Oct") in story[LOCKS[0]]
    assert ("buyer did it", "“Send Dana the three-year offer”") in story[LOCKS[1]]
    assert ("moved", "close date Tue 1 Dec → Wed 2 Dec") in story[LOCKS[1]]
    assert ("new date", "“Security annex to Dana and Jonas” to Thu 19 Nov") in story[LOCKS[3]]


def test_the_story_of_a_deal_that_came_later_begins_there(now):
    for deal, record in now.ledger.deals.items():
        found = chapters(deal, record, now.ledger.locks)
        assert all(chapter.day >= record.first_seen for chapter in found)


def hits(archive, now, words):
    search = Search(words, now.ledger.deals, display_names(now.settings.people))
    return [
        *search.deals(),
        *(hit for row in now.ledger.locks for hit in search.read(archive.recorded(row.review), row.review, row.day)),
    ]


def test_every_word_has_to_stand_in_the_text_or_in_the_names_beside_it(archive, now):
    found = hits(archive, now, "NORTHWIND redlines")
    assert [(hit.kind, hit.title, hit.review) for hit in found] == [("step", "Northwind", LOCKS[3])]
    assert hits(archive, now, "northwind redlines nobody-says-this") == []


@pytest.mark.parametrize(
    "words", ["redlines", "Northwind offer", "jonas", "a", "nov", "19", "year offer", "Tom", "wei an"]
)
def test_reviews_that_cannot_hold_the_words_are_passed_over_and_nothing_is_lost(archive, now, words):
    search = Search(words, now.ledger.deals, display_names(now.settings.people))
    read = [search.read(archive.recorded(row.review, *search.saying), row.review) for row in now.ledger.locks]
    every = [search.read(archive.recorded(row.review), row.review) for row in now.ledger.locks]
    assert read == every
    assert any(every)
    nothing = Search(f"{words} zzzz", now.ledger.deals, {})
    assert [archive.recorded(row.review, *nothing.saying) for row in now.ledger.locks] == [()] * len(LOCKS)


def test_recaps_and_lines_worth_copying_are_found(archive, now):
    kinds = {hit.kind for hit in hits(archive, now, "a")}
    assert kinds >= {"deal", "step", "action", "note", "recap", "copy"}


def test_nothing_is_searched_for_without_words(now):
    assert not Search("  ", now.ledger.deals, {})


@given(st.text(max_size=12))
def test_whatever_is_typed_finds_only_what_has_it(now, words):
    search = Search(words, now.ledger.deals, {})
    for hit in search.deals():
        said = f"{hit.title} {hit.text} {hit.owner}".casefold()
        assert all(word in said for word in words.casefold().split())
