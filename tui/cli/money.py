"""What other currencies are worth, as the command line says it: --currency USD --rate EUR=1.08."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from review.answers import Answers

_RATE: Final = re.compile(r"\s*([A-Za-z]{3})\s*=\s*([0-9]{1,9}(?:[.,][0-9]{1,12})?)\s*")


class _Rate(click.ParamType[tuple[str, Decimal]]):
    """A currency and what one of it is worth, as EUR=1.08."""

    name = "rate"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Decimal]:
        """Read it; raises UsageError with the form it has."""
        match = _RATE.fullmatch(str(value))
        rate = Decimal(match[2].replace(",", ".")) if match else Decimal(0)
        if match is None or not rate:
            self.fail(f"“{value}” is no rate; write what one of a currency is worth as EUR=1.08.", param, ctx)
        return match[1].upper(), rate


class _Code(click.ParamType[str]):
    """A currency's three letters."""

    name = "currency"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read it; raises UsageError with the form it has."""
        text = str(value).strip().upper()
        if text and not re.fullmatch("[A-Z]{3}", text):
            self.fail(f"“{value}” is no currency; write its three letters, such as EUR.", param, ctx)
        return text


def with_rates(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that bring several currencies to one."""
    rate = click.option(
        "--rate", "rates", type=_Rate(), multiple=True, metavar="CODE=WORTH",
        help="What one of a currency is worth, where a file has several: EUR=1.08. Once for each.",
    )  # fmt: skip
    code = click.option(
        "--currency", type=_Code(), default="", metavar="CODE", help="The currency it is worth that in."
    )
    return rate(code(command))


def with_money(answers: "Answers", currency: str, rates: tuple[tuple[str, Decimal], ...]) -> "Answers":
    """Add what the command line says of currencies to the other answers."""
    from msgspec.structs import replace

    return replace(answers, to_currency=currency or answers.to_currency, rates={**answers.rates, **dict(rates)})
