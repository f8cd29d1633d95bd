from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from review.commitment_rows import CommitmentRow
from review.commitments import Origin
from review.events import Batch, Exported
from review.sent import mark_of, parcel, sent_to

DAY = date(2026, 11, 23)
IDS = ("a", "b", "c", "d", "e")


def a_row(ident: str, **changes: object) -> CommitmentRow:
    fields: dict[str, object] = {
        "id": ident, "text": f"Call about {ident}", "owner": "Wei Lin", "short_owner": "Wei", "email": "",
        "due": DAY, "deal": "", "deal_id": "", "account": "", "origin": Origin.ACTION, "status": "open", "carried": 0,
        "review": "2026-11-23", "first_due": DAY,
    }  # fmt: skip
    return CommitmentRow(**{**fields, **changes})  # type: ignore[arg-type]  # a builder for any field


class Desk:
    """A log of what has gone out, and the commitments that there are."""

    def __init__(self) -> None:
        self.rows: dict[str, CommitmentRow] = {}
        self.batches: list[Batch] = []

    def look(self, target: str):
        wanted = [row for row in self.rows.values() if row.is_open]
        return parcel(wanted, self.rows, sent_to(target, self.batches))

    def send(self, target: str):
        found = self.look(target)
        fact = Exported(target=target, review="", sent=found.sent)
        at = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(seconds=len(self.batches))
        self.batches.append(Batch(id=str(len(self.batches)), at=at, events=(fact,)))
        return found


CHANGES = st.sampled_from(("add", "date", "text", "done", "undo", "carry", "nothing"))


def change(desk: Desk, what: str, ident: str) -> None:
    row = desk.rows.get(ident)
    if what == "add" and row is None:
        desk.rows[ident] = a_row(ident)
    elif row is None or what in ("add", "nothing"):
        return
    elif what == "date":
        desk.rows[ident] = replace(row, due=row.due + timedelta(days=1))
    elif what == "text":
        desk.rows[ident] = replace(row, text=row.text + "!")
    elif what == "done":
        desk.rows[ident] = replace(row, status="done", closed_on=DAY)
    elif what == "carry":
        desk.rows[ident] = replace(row, carried=row.carried + 1)
    else:
        del desk.rows[ident]


@settings(max_examples=150)
@given(st.lists(st.tuples(CHANGES, st.sampled_from(IDS), st.booleans()), max_size=25))
def test_whatever_happens_a_target_knows_in_the_end_what_stands_and_nothing_goes_out_twice(steps) -> None:
    desk = Desk()
    theirs: dict[str, str] = {}
    for what, ident, sends in steps:
        change(desk, what, ident)
        if not sends:
            continue
        found = desk.send("jira")
        assert not {row.id for row in found.fresh} & set(theirs)
        theirs |= {row.id: mark_of(row) for row in (*found.fresh, *found.changed)}
        for gone in found.withdrawn:
            del theirs[gone.id]
        assert theirs == {row.id: mark_of(row) for row in desk.rows.values() if row.is_open}
        again = desk.look("jira")
        assert (again.fresh, again.changed, again.withdrawn) == ((), (), ())


@given(st.sampled_from(IDS))
def test_changing_one_gives_exactly_that_one(ident: str) -> None:
    desk = Desk()
    desk.rows = {each: a_row(each) for each in IDS}
    assert len(desk.send("jira").fresh) == len(IDS)
    change(desk, "date", ident)
    found = desk.send("jira")
    assert ([row.id for row in found.changed], found.fresh, found.withdrawn) == ([ident], (), ())


def test_what_was_undone_is_withdrawn_with_its_words_though_nobody_knows_it_any_more() -> None:
    desk = Desk()
    desk.rows = {"a": a_row("a")}
    desk.send("jira")
    change(desk, "undo", "a")
    (gone,) = desk.send("jira").withdrawn
    assert (gone.id, gone.text, gone.why, gone.row) == ("a", "Call about a", "taken back", None)


def test_a_format_does_not_know_what_another_has_had() -> None:
    desk = Desk()
    desk.rows = {"a": a_row("a")}
    desk.send("jira")
    assert [row.id for row in desk.send("asana").fresh] == ["a"]


def test_steps_are_passed_over_where_only_actions_go_out() -> None:
    rows = {"a": a_row("a", origin=Origin.STEP, status="done", closed_on=DAY)}
    sent = sent_to("jira", [])
    before = parcel([a_row("a", origin=Origin.STEP)], {"a": a_row("a")}, sent).sent
    out = {one.id: one for one in before}
    assert parcel((), rows, out, steps=False).withdrawn == ()
    assert [gone.id for gone in parcel((), rows, out).withdrawn] == ["a"]
