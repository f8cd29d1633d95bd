import pytest

from review.deals import Deal


@pytest.mark.parametrize(
    ("account", "name", "detail"),
    [
        ("Acme", "Acme - Upsell", "Upsell"),
        ("Acme", "ACME: Renewal 2026", "Renewal 2026"),
        ("Acme", "Acme", ""),
        ("Acme", "Acme Upsell", "Acme Upsell"),
        ("", "Upsell", ""),
        ("Acme", "Acmeville renewal", "Acmeville renewal"),
        ("Acme", "Renewal for Acme", "Renewal for Acme"),
        ("Acme", "Acme - ", ""),
    ],
)
def test_beside_its_account_a_deal_does_not_name_it_again(account, name, detail):
    assert Deal(id="d", account=account, name=name).detail == detail
