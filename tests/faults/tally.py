"""What came of hurting the program: how often, how many facts it had shown, and how many were found afterwards."""

from msgspec import Struct


class Tally(Struct):
    """The figures of one class of faults; they add up."""

    name: str
    runs: int = 0
    shown: int = 0
    """Facts that had been shown as saved before the fault."""
    found: int = 0
    """Of those, how many were in the workspace afterwards, each once."""
    lost: tuple[str, ...] = ()
    """Every fact that is not as it was shown, and where."""

    def run(self, expected: dict[str, bool], there: list[str], where: str) -> None:
        """Count one run: what was shown and still stands has to be there once, what was taken back nowhere."""
        self.runs += 1
        for fact, stands in expected.items():
            self.shown += 1
            if there.count(fact) == int(stands):
                self.found += 1
            else:
                self.lost += (f"{where}: “{fact}” is there {there.count(fact)} times",)

    def add(self, other: "Tally") -> None:
        """Add the figures of another."""
        self.runs += other.runs
        self.shown += other.shown
        self.found += other.found
        self.lost += other.lost

    def row(self) -> tuple[str, ...]:
        """Give the figures as a row of the table."""
        figures = (self.runs, self.shown, self.found, self.shown - self.found)
        return (self.name, *(f"{figure:,}" for figure in figures))
