"""`closeout` and `closeout demo`: what opens the screen."""

COMMANDS = ()


def open_review() -> None:
    """Open."""
