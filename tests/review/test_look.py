from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from review.deals import Category, Deal, Export, Status
from review.look import look, team_of
from review.look_page import headline, page_of

THIS, LAST = date(2026, 5, 20), date(2026, 5, 13)
COLUMNS = ("id", "name", "account", "owner", "amount", "stage", "category", "close_date", "created", "next_step")


def a_deal(ident="d1", **more):
    more = {
        "name": f"{ident} deal",
        "account": ident.title(),
        "owner": "Tom Reed",
        "amount": Decimal(100_000),
        "stage": "Proposal",
        "probability": Decimal(40),
        "close_date": date(2026, 6, 15),
        "created": date(2026, 2, 2),
        "next_step": "Send the draft",
        **more,
    }
    return Deal(id=ident, **more)


def an_export(*deals, day=THIS, columns=COLUMNS):
    return Export(id=day.isoformat(), day=day, source=f"{day}.csv", crm="generic", deals=tuple(deals), columns=columns)


def looked(now, before=None, **more):
    this = an_export(*now, **more)
    last = None if before is None else an_export(*before, day=LAST, **more)
    return look(this, last, settings=team_of(this, last))


def found(page, kind):
    """The deals of one line with their words; empty where there is no such line."""
    return [(deal.deal, deal.words) for line in (*page.changes, *page.mend) if line.kind == kind for deal in line.deals]


@pytest.mark.parametrize(
    ("then", "now", "kind", "words"),
    [
        (None, {"created": THIS}, "created", "100k"),
        (None, {"created": LAST}, "created", "100k"),
        (None, {"created": LAST - timedelta(days=1)}, "appeared", "100k"),
        ({}, {"status": Status.WON}, "won", "100k"),
        ({}, {"status": Status.LOST}, "lost", "100k"),
        ({}, None, "vanished", "100k"),
        ({"status": Status.LOST}, {}, "open again", "100k"),
        ({}, {"close_date": date(2026, 6, 22)}, "date later", "15 Jun → 22 Jun"),
        ({}, {"close_date": date(2026, 6, 8)}, "date earlier", "15 Jun → 8 Jun"),
        ({}, {"close_date": None}, "date removed", "15 Jun → no date"),
        ({}, {"close_date": date(2026, 7, 1)}, "moved out", "15 Jun → 1 Jul"),
        ({"close_date": date(2026, 7, 1)}, {}, "moved in", "1 Jul → 15 Jun"),
        ({"close_date": None}, {}, "moved in", "no date → 15 Jun"),
        ({}, {"amount": Decimal(120_000)}, "amount up", "100k → 120k"),
        ({}, {"amount": None}, "amount down", "100k → 0"),
        ({"stage": "Discovery", "probability": Decimal(10)}, {}, "stage on", "Discovery → Proposal"),
        ({}, {"stage": "Discovery", "probability": Decimal(10)}, "stage back", "Proposal → Discovery"),
        ({}, {"category": Category.COMMIT}, "category up", "pipeline → commit"),
        ({"category": Category.COMMIT}, {"category": Category.BEST_CASE}, "category down", "commit → best case"),
        ({}, {"owner": "Wei Lin"}, "new owner", "Tom → Wei"),
    ],
)
def test_each_way_a_deal_can_differ_is_told_with_its_words(then, now, kind, words):
    steady = a_deal("steady", created=date(2025, 1, 1))
    before = [steady, *([] if then is None else [a_deal(**then)])]
    after = [steady, *([] if now is None else [a_deal(**now)])]
    assert found(looked(after, before), kind) == [("d1", words)]


def test_equal_exports_differ_in_nothing():
    page = looked([a_deal()], [a_deal()])
    assert (page.changes, page.slipped.deals, page.bridge.lines) == ((), (), ())
    assert headline(page).startswith("nothing won, lost, new or later")


def test_a_deal_gone_and_one_new_with_the_same_owner_date_and_amount_may_be_renamed():
    page = looked([a_deal("new")], [a_deal("old")])
    assert found(page, "renamed?") == [("new", "was old deal")]
    assert found(looked([a_deal("new", amount=Decimal(99))], [a_deal("old")]), "renamed?") == []


def test_one_new_deal_is_the_new_name_of_one_old_deal_only():
    page = looked([a_deal("new")], [a_deal("old"), a_deal("older")])
    assert len(found(page, "renamed?")) == 1


@pytest.mark.parametrize(
    ("close", "slips"),
    [
        (date(2026, 6, 15), False),
        (date(2026, 6, 18), False),  # three working days are within the tolerance
        (date(2026, 6, 19), True),
        (date(2026, 7, 1), True),
        (date(2026, 5, 19), True),  # past
        (None, True),
    ],
)
def test_a_commit_deal_slips_beyond_three_working_days_or_where_its_date_ran_out(close, slips):
    page = looked([a_deal(category=Category.COMMIT, close_date=close)], [a_deal(category=Category.COMMIT)])
    assert bool(page.slipped.deals) is slips


def test_a_later_date_outside_commit_is_a_push_and_no_slip():
    page = looked([a_deal(close_date=date(2026, 6, 29))], [a_deal()])
    assert (len(found(page, "date later")), page.slipped.deals) == (1, ())


def test_the_bridge_of_a_week_adds_up_by_hand():
    before = [a_deal("a"), a_deal("b"), a_deal("c"), a_deal("d", close_date=date(2026, 8, 1)), a_deal("e")]
    after = [
        a_deal("a", status=Status.WON),
        a_deal("b", amount=Decimal(130_000)),
        a_deal("c", close_date=date(2026, 7, 2)),
        a_deal("d"),
        a_deal("f", created=THIS, amount=Decimal(50_000)),
    ]
    bridge = looked(after, before).bridge
    lines = {line.kind: line.amount for line in bridge.lines}
    assert (bridge.start, bridge.end, bridge.unexplained) == (400_000, 280_000, 0)
    assert lines == {
        "created": 50_000,
        "moved in": 100_000,
        "increased": 30_000,
        "won": -100_000,
        "moved out": -100_000,
        "vanished": -100_000,
    }


deals = st.lists(
    st.builds(
        lambda n, amount, close, status, category, created: a_deal(
            f"d{n}", amount=amount, close_date=close, status=status, category=category, created=created
        ),
        st.integers(1, 6),
        st.none() | st.integers(0, 900).map(Decimal),
        st.none() | st.dates(date(2026, 3, 1), date(2026, 9, 30)),
        st.sampled_from(Status),
        st.sampled_from(Category),
        st.none() | st.dates(date(2026, 5, 1), THIS),
    ),
    unique_by=lambda deal: deal.id,
)


@given(deals, deals)
def test_no_two_exports_leave_anything_unexplained(before, after):
    page = looked(after, before)
    assert page.bridge.unexplained == 0
    assert page.bridge.start + sum(line.amount for line in page.bridge.lines) == page.bridge.end


@given(deals, deals)
def test_every_open_deal_of_last_week_is_still_there_or_its_going_is_told(before, after):
    page = looked(after, before)
    gone = {deal for kind in ("won", "lost", "vanished") for deal, _ in found(page, kind)}
    was_open = {deal.id for deal in before if deal.status is Status.OPEN}
    is_open = {deal.id for deal in after if deal.status is Status.OPEN}
    assert was_open - is_open <= gone
    assert gone <= was_open | {deal.id for deal in after}


def test_what_the_crm_lacks_is_named():
    page = looked(
        [
            a_deal("past", close_date=date(2026, 5, 19)),
            a_deal("today", close_date=THIS),
            a_deal("undated", close_date=None),
            a_deal("free", amount=None),
            a_deal("nobody", owner=""),
            a_deal("bare", next_step="", owner="Wei Lin"),
        ]
    )
    assert found(page, "date past") == [("past", "19 May")]
    assert found(page, "no close date") == [("undated", "")]
    assert found(page, "no amount") == [("free", "")]
    assert found(page, "no owner") == [("nobody", "")]
    assert page.missing_by_rep == {"Wei": 1}


def test_without_a_column_for_steps_none_is_called_missing():
    page = looked([a_deal(next_step="")], columns=tuple(c for c in COLUMNS if c != "next_step"))
    assert page.missing_by_rep == {}
    assert "no column for the next step" in next(b.note for b in page_of(page).blocks if b.title == "To mend")


def test_omitted_deals_and_those_far_ahead_are_not_active():
    page = looked([a_deal("o", category=Category.OMITTED), a_deal("far", close_date=date(2027, 3, 1)), a_deal("in")])
    assert (page.open, page.active) == (3, 1)


def test_the_deals_to_inspect_say_what_stands_against_them():
    deal = a_deal(category=Category.COMMIT, close_date=date(2026, 6, 29), next_step="")
    before = replace(deal, close_date=date(2026, 6, 1))
    (first,) = looked([deal], [before]).queue
    assert (first.rep, first.why) == ("Tom", ("commit 29 Jun", "was 1 Jun", "no step"))


def test_a_commit_deal_that_nothing_speaks_against_is_asked_who_confirmed_it():
    (first,) = looked([a_deal(category=Category.COMMIT)]).queue
    assert first.why == ("commit 15 Jun", "confirmed by whom?")


def test_the_forecast_of_the_period_counts_won_commit_and_best_case():
    page = looked(
        [
            a_deal("w", status=Status.WON, close_date=date(2026, 5, 2)),
            a_deal("c", category=Category.COMMIT),
            a_deal("b", category=Category.BEST_CASE),
            a_deal("late", category=Category.COMMIT, close_date=date(2026, 7, 1)),
        ]
    )
    figures = page.forecast
    assert (figures.won, figures.commit, figures.best_case, figures.weighted) == (100_000, 200_000, 300_000, 180_000)


def test_a_page_of_one_file_has_no_bridge_and_tells_what_is_around_the_day():
    page = page_of(looked([a_deal(created=THIS, close_date=date(2026, 5, 25))]))
    assert [block.title for block in page.blocks] == ["Around this day", "To mend", "Forecast Q2", "To inspect"]
    assert [row.cells[0] for row in page.blocks[0].rows] == ["created in 7 days", "closing in 14 days"]


def test_two_deals_of_one_account_and_owner_go_by_their_own_names():
    page = looked([a_deal("x", account="Acme", name="Pilot"), a_deal("y", account="Acme", name="Rollout"), a_deal("z")])
    assert {deal.title for deal in page.queue} == {"Pilot", "Rollout", "Z"}
