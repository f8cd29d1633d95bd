"""The foot of a plane: the quiet line, and the raised row that the next key acts on."""

from textual.containers import Vertical


class Foot(Vertical):
    """Docks its rows to the foot of the plane."""

    DEFAULT_CSS = """
    Foot { dock: bottom; height: auto; }
    Foot > Strip { dock: none; }
    """
