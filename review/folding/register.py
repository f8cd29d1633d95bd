"""The register of those who fold: one function for each kind of event."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from review.events import Fact
from review.meeting import Meeting

Fold = Callable[[Meeting, Any, datetime], Meeting]
FOLDS: dict[type[Fact], Fold] = {}


def folds(kind: type[Fact]) -> Callable[[Fold], Fold]:
    """Register the function that folds one kind of event."""

    def register(function: Fold) -> Fold:
        FOLDS[kind] = function
        return function

    return register
