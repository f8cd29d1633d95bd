"""Numbers of rows, as the file counts them."""


class RowOf(int):
    """A row of one of several files: shown with the file's name, in the order of the files."""

    row: int
    file: str

    def __new__(cls, row: int, place: int, file: str) -> "RowOf":
        """Make the number of a row in the file at `place` among the others."""
        made = super().__new__(cls, (place << 32) + row)
        made.row, made.file = row, file
        return made

    def __str__(self) -> str:
        return f"{self.row} of {self.file}"

    def __format__(self, spec: str) -> str:
        return str(self)
