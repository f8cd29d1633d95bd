"""The pace of deals: the median of the last four reviews, commit deals and others apart."""

from review.pace import pace_of
from review.records import Exit, Opened
from review.settings import Thresholds
from tests.review.pieces import a_row, monday


def opened(seconds, commit=False):
    return Opened(deal="d", rep="tom", slot=1, by_turn=False, commit=commit, seconds=seconds, exit=Exit.CLOSED_OUT)


def row(number, *deals):
    return a_row(number, monday(number), opened=deals)


def test_before_there_is_a_review_the_settings_figures_hold():
    pace = pace_of((), Thresholds())
    assert (pace.commit, pace.other, pace.measured) == (105, 80, False)


def test_commit_deals_and_others_have_medians_of_their_own():
    rows = [row(1, opened(60), opened(70), opened(200), opened(100, True), opened(141, True))]
    pace = pace_of(rows, Thresholds())
    assert (pace.commit, pace.other, pace.measured) == (121, 70, True)
    assert pace.of(commit=True) == 121


def test_only_the_last_four_reviews_count():
    rows = [row(1, opened(500)), *(row(n, opened(90)) for n in (2, 3, 4, 5))]
    assert pace_of(rows, Thresholds()).other == 90
    assert pace_of(rows[:4], Thresholds()).other == 90
    assert pace_of([row(1, opened(500)), row(2, opened(90))], Thresholds()).other == 295


def test_what_was_never_measured_keeps_the_settings_figure():
    pace = pace_of([row(1, opened(0), opened(50))], Thresholds())
    assert (pace.commit, pace.other) == (105, 50)
