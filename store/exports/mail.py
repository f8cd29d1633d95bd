"""The recap as a mail that is ready to be looked over and sent: subject, recipients, a plain and an HTML part."""

import hashlib
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from review.dates import short_date
from review.plain import plain
from store.exports.outgoing import Outgoing, Recipient
from store.exports.pages import written


def render(outgoing: Outgoing, name: str, own: Path) -> bytes:
    """Write the draft. Raises Refused for a broken template of the user's."""
    text, page = written(outgoing, "text", own), written(outgoing, name, own)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject(outgoing)
    if outgoing.sender and (sender := _address(outgoing.sender)):
        message["From"] = sender
    recipients = [address for one in outgoing.recipients if (address := _address(one))]
    if recipients:
        message["To"] = recipients
    message["Date"] = format_datetime(outgoing.now)
    # Mail programs open it as a draft that is still to be sent.
    message["X-Unsent"] = "1"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{hashlib.sha256((text + page).encode()).hexdigest()[:32]}")
    return message.as_bytes()


def subject(outgoing: Outgoing) -> str:
    """Say what the mail is, and whether it can still change."""
    what = "Pipeline review" if outgoing.review else "Open commitments"
    return f"{'DRAFT – ' if outgoing.draft else ''}{what}, {short_date(outgoing.day)} {outgoing.day.year:04}"


def _address(one: Recipient) -> Address | None:
    """Give an address; None for what is none."""
    name, email = plain(one.name).strip(), plain(one.email).strip()
    user, at, host = email.rpartition("@")
    if not (user and at and host) or not email.isascii() or any(sign in email for sign in ' ,;<>"()[]'):
        return None
    try:
        return Address(name, addr_spec=email)
    except (HeaderParseError, ValueError, IndexError):
        return None
