"""The pipeline of the demonstration: every signal and rule of the method stands on a deal somewhere."""

import tomllib
from pathlib import Path

import msgspec

from store.demo.deals import Made


def pipeline() -> tuple[Made, ...]:
    """Read the made-up deals, by rep."""
    text = Path(__file__).with_name("pipeline.toml").read_text("utf-8")
    by_rep = msgspec.convert(tomllib.loads(text), dict[str, tuple[Made, ...]], strict=False)
    return tuple(made for deals in by_rep.values() for made in deals)
