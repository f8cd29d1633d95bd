"""The set of a file's headers, under which a workspace remembers what was said of it."""

import hashlib
from collections.abc import Iterable


def header_set(headers: Iterable[str]) -> str:
    """Give the same key for the same headers in any order."""
    together = "\n".join(sorted(header for header in headers if header))
    return hashlib.blake2b(together.encode(), digest_size=8).hexdigest()
