"""Write the README's key table from the registry: `python docs/readme.py`; with --check it only compares."""

import sys
from pathlib import Path
from typing import Final

from tui.registry import STANDARD

README: Final = Path(__file__).parent.parent / "README.md"
FIRST: Final = "<!-- keys: written by docs/readme.py -->\n"
LAST: Final = "<!-- end of keys -->"


def with_keys(text: str) -> str:
    """Give the README with the table as the registry has it now."""
    before, rest = text.split(FIRST)
    return before + FIRST + "\n" + STANDARD.key_table().strip() + "\n\n" + LAST + rest.split(LAST)[1]


def main() -> int:
    """Write the table, or tell by the exit status whether it is up to date."""
    text = README.read_text("utf-8")
    fresh = with_keys(text)
    if "--check" in sys.argv:
        return int(fresh != text)
    README.write_text(fresh, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
