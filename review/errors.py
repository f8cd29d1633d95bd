"""The one kind of error that is made to be read by a manager."""


class CloseoutError(Exception):
    """Something was refused or failed, said in one plain sentence."""

    def __init__(self, sentence: str, status: int = 1, *, brief: str = "") -> None:
        """Keep the sentence and the exit status that the command line leaves with."""
        super().__init__(sentence)
        self.sentence = sentence
        """What is wrong, where, and what to do; shown as it stands."""
        self.brief = brief or sentence
        """What is wrong and what to do, where there is one narrow line for it."""
        self.status = status
        """Exit status: 1 refused or failed, 2 wrong usage, 3 workspace in use."""
