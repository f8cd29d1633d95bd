"""What exports of before the first review come to, kept beside them: folded once, not on every open (method, 11)."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date

from review.deals import Export
from review.records import Ledger
from review.settings import Settings
from store.kept import Kept, digest_of


class Exports(Mapping[str, Export]):
    """Exports by name, each read when it is first asked for; that raises Damaged where one is gone."""

    def __init__(self, names: Iterable[str], read: Callable[[str], Export]) -> None:
        """Hold `names`; `read` gives the rows of one."""
        self._names = dict.fromkeys(names)
        self._read = read
        self._known: dict[str, Export] = {}

    def __getitem__(self, name: str) -> Export:
        """Give the rows of one; raises KeyError for a name it does not hold."""
        if name not in self._names:
            raise KeyError(name)
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._names)

    def __len__(self) -> int:
        """Count the names."""
        return len(self._names)


class FoldedPast:
    """Folds exports of before the first review, or gives what they came to before; satisfies `FoldPast`."""

    def __init__(self, kept: Kept[Ledger], exports: Mapping[str, Export]) -> None:
        """Fold `exports`; what they come to is kept in `kept`."""
        self._kept = kept
        self._exports = exports

    def __call__(self, names: Collection[str], settings: Settings, until: date | None) -> Ledger:
        """Give what exports leave that are older than `until`."""

        def folded() -> Ledger:
            from review.baselines import past_of

            return past_of({name: self._exports[name] for name in names}, settings, until)

        return self._kept.at(digest_of(sorted(names), until, settings), folded)
