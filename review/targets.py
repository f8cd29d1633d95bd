"""The quota of a period, for one person or the team, with the reason where there is none (method, section 7)."""

from decimal import Decimal

from review.figures import ZERO, Figure, known, lacking
from review.periods import Period, period_quota
from review.settings import Settings

NO_QUOTA = "no quota is set"


def target(settings: Settings, period: Period, rep: str | None = None) -> Figure:
    """Give the quota of a period after ramp; the team's is the sum over the reps, or its own where no rep has one."""
    quotas: list[Decimal] = []
    for person in settings.reps:
        quota = period_quota(person, period) if rep in (None, person.id) else None
        if quota is not None:
            quotas.append(quota)
    if quotas:
        return known(sum(quotas, ZERO))
    if rep is None and settings.team_quota is not None:
        return known(settings.team_quota)
    return lacking(NO_QUOTA)
