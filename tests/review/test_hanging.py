from datetime import UTC, datetime

from review.calls import after_room
from review.commitments import Verdict
from review.deals import Ending, EndReason
from review.hanging import Loose, hanging
from review.intents import EndDeal, GiveVerdict, Hear, Lock, SetPresence, TakeCall
from review.recap import owner_lists
from review.results import Refusal
from review.standing import missing_by_rep
from tests.screens.office import a_session, go_through, second_week


def at_the_lock(*, closed=8, away=("diego",)):
    office = second_week()
    office.clock.at = datetime(2026, 11, 23, 10, tzinfo=UTC)
    session = a_session(office, away=away)
    go_through(session, office.clock, closed=closed)
    return session


def of(session, kind):
    return next((one for one in hanging(session.meeting) if one.kind is kind), None)


def names(session, kind):
    found = of(session, kind)
    return [case.name for case in found.cases] if found else []


def test_an_open_call_blocks_the_lock_as_the_lock_itself_says():
    session = at_the_lock()
    found = of(session, Loose.CALL)
    assert found.blocks
    assert isinstance(session.do(Lock()), Refusal)
    for person, entry in after_room(session.meeting).items():
        if entry.asks:
            session.do(TakeCall(person=person))
    assert of(session, Loose.CALL) is None
    assert session.do(Lock()) is None


def test_what_is_said_to_be_dropped_is_dropped_and_what_leaves_commit_leaves_it():
    session = at_the_lock()
    dropped, leaving = names(session, Loose.QUEUE), names(session, Loose.LEAVES)
    assert dropped
    assert leaving
    for person, entry in after_room(session.meeting).items():
        if entry.asks:
            session.do(TakeCall(person=person))
    session.do(Lock())
    meeting = session.meeting
    assert [meeting.record(d).crm.title for d, left in meeting.left.items() if left.exit == "dropped"] == dropped
    by_title = {record.crm.title: ident for ident, record in meeting.ledger.deals.items()}
    assert {meeting.effective(by_title[title]).category.value for title in leaving} == {"best case"}


def test_a_deal_of_somebody_away_is_not_said_to_be_dropped():
    session = at_the_lock()
    before = names(session, Loose.QUEUE)
    session.do(SetPresence(person="wei", present=False))
    assert len(names(session, Loose.QUEUE)) < len(before)
    deals = {record.crm.title: record.rep for record in session.meeting.ledger.deals.values()}
    assert not {"wei", "diego"} & {deals[title] for title in names(session, Loose.QUEUE)}


def test_each_owner_is_unheard_until_the_list_was_read():
    session = at_the_lock()
    owners = [mine.person for mine in owner_lists(session.meeting) if session.meeting.is_present(mine.person)]
    assert len(names(session, Loose.UNHEARD)) == len(owners)
    for owner in owners:
        session.do(Hear(owner=owner))
    assert names(session, Loose.UNHEARD) == []


def test_a_promise_that_fell_due_is_open_until_it_has_its_verdict():
    session = at_the_lock()
    assert "Ruth" in names(session, Loose.VERDICT)
    for commitment in session.meeting.due_of("ruth"):
        assert session.do(GiveVerdict(commitment=commitment.id, verdict=Verdict.DONE)) is None
    assert "Ruth" not in names(session, Loose.VERDICT)


def test_the_deals_without_are_counted_by_owner():
    session = at_the_lock()
    missing = missing_by_rep(session.meeting.ledger, session.meeting.settings, session.meeting.day)
    found = of(session, Loose.WITHOUT)
    assert {case.name: int(case.evidence) for case in found.cases} == {
        session.meeting.name(rep): len(deals) for rep, deals in missing.items()
    }
    assert found.becomes == "one commitment for each owner, due Tue 24 Nov"


def test_a_loss_is_open_until_it_has_reason_and_lesson():
    session = at_the_lock()
    assert names(session, Loose.LESSON) == ["Moor & Finch"]
    deal = session.meeting.queue[-1].deal
    session.do(EndDeal(deal=deal, kind=Ending.LOST, reason=EndReason.PRICE))
    cases = {case.name: case.evidence for case in of(session, Loose.LESSON).cases}
    assert cases[session.meeting.record(deal).crm.title] == "no lesson"
    assert cases["Moor & Finch"] == "no reason and no lesson"
