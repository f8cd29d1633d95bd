from datetime import UTC, date, datetime
from decimal import Decimal

from review.commitments import Origin
from review.deals import Category
from review.desk_call import ChooseDeal, PlanCommitment, SetFactor, StateTeamCall, VerifyDeal, WritePlan
from review.forecast import is_verified
from review.pipeline import pipeline_of
from store.demo.build import build
from store.office import DiskOffice
from store.workspace import Workspace

DAY = date(2026, 11, 23)


class Clock:
    def now(self):
        return datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def steady(self):
        return 0.0


def test_what_the_forecast_call_decides_is_there_when_the_program_starts_again(tmp_path):
    build(Workspace(tmp_path), DAY)
    office = DiskOffice(Workspace(tmp_path), Clock(), DAY)
    assert office.opening().outlook.export
    before = office.standing()
    deal = next(
        item.deal for item in pipeline_of(before.ledger, before.settings, DAY).open if item.category is Category.COMMIT
    )
    for intent in (
        VerifyDeal(deal), ChooseDeal(deal), StateTeamCall("1.1m"), SetFactor("0.9"), WritePlan("Two meetings each"),
        PlanCommitment("Two first meetings at Initech fri"),
    ):  # fmt: skip
        assert office.desk_do(intent) is None
    assert office.changed()
    assert office.desk_do(SetFactor("none")) is not None
    now = DiskOffice(Workspace(tmp_path), Clock(), DAY).standing().ledger
    assert is_verified(now.deals[deal])
    assert [pick.deal for pick in now.picks[-1].slips] == [deal]
    (own,) = [call for call in now.calls if call.team]
    last, plan = before.ledger.last_lock, now.plan
    assert last is not None
    assert plan is not None
    assert (own.commit, own.review) == (Decimal(1_100_000), last.review)
    assert (now.factor, plan.text) == (Decimal("0.9"), "Two meetings each")
    assert [c.text for c in now.commitments.values() if c.origin is Origin.PLAN] == ["Two first meetings at Initech"]
