"""What a wall screen says while people have their turn: the numbers of Forecast, the reading in Actions."""

from textual.content import Content

from review.calls import awaits_word, closing, open_calls, standing_calls
from review.meeting import Meeting
from review.money import short_money
from review.onscreen import asked_promise, reading_aloud
from screens import actions_words, forecast_words
from screens.following_typed import in_actions, in_forecast
from screens.following_view import LINES, Look, Said, Shown, label
from tui.widgets.data import Tone, plain, status, values


def forecast(look: Look) -> Shown:
    """Say whose turn it is, the promises and the number; or the team."""
    meeting, point = look.meeting, look.point
    person = meeting.person(point.person)
    if person is None:
        return _team(meeting)
    due, call = meeting.due_of(person.id), meeting.calls.get(person.id)
    waits = any(promise.id not in meeting.verdicts for promise in due)
    asked = asked_promise(meeting, due, look.draft.place.get("promise", ""))
    rows: list[Said] = []
    if person.carries:
        last = forecast_words.last_of(meeting, person.id)
        amount = call.commit if call else last.stands if last else None
        said = short_money(amount) if amount is not None else "no number yet"
        figure = values(said) if call else Content.styled(said, "$dim")
        rows.append((label("Commit"), _beside(figure, forecast_words.beside_number(meeting, person))))
    if call is not None and not waits:
        # Ask, then show: the export's figure comes once the number is in.
        rows.append((label("The export"), forecast_words.export_words(meeting, person, call.commit)))
        if call.best_case is not None:
            rows.append((label("Best case"), values(short_money(call.best_case))))
        if call.reason:
            rows.append((label("What changed"), Content(plain(call.reason))))
    written = call if awaits_word(meeting, person.id) else None
    asks = "Was it done?" if waits else "" if call or not person.carries else "What is your commit?"
    if written is not None and not waits:
        asks = f"{short_money(written.stands)} in writing – does it stand?"
    open_ = sum(promise.id not in meeting.verdicts for promise in due)
    marks = status(Tone.UNKNOWN, f"{open_} promises open") if open_ else Content("")
    if not open_:
        marks = status(Tone.OK, f"commit {short_money(call.commit)}") if call else status(Tone.UNKNOWN, "commit")
    return Shown(
        person.name,
        forecast_words.promises_beside(due, meeting, person),
        groups=(tuple(rows), in_forecast(look, person)),
        drawn=lambda width: Content("\n").join(
            forecast_words.promise_line(meeting, promise, width, chosen=promise is asked) for promise in due[:LINES]
        ),
        asks=asks,
        marks=marks,
    )


def _team(meeting: Meeting) -> Shown:
    found = closing(meeting)
    if not meeting.turn_order:
        return Shown("Nobody here", ("nobody who carries deals is in the room", ""))
    label = forecast_words.current(meeting).label
    count = len(standing_calls(meeting))
    return Shown(
        short_money(found.commit),
        (f"commit for {label}", f"{count} number{'s' * (count != 1)}"),
        drawn=lambda width: forecast_words.team_lines(meeting, found, width),
        marks=status(Tone.OK, f"commit {short_money(found.commit)}"),
    )


def _beside(figure: Content, more: Content) -> Content:
    said = Content(", ").join(more.split("\n"))
    return Content.assemble(figure, "   ", said) if said else figure


def actions(look: Look) -> Shown:
    """Say whose call is taken, or who reads."""
    meeting, point, draft = look.meeting, look.point, look.draft
    person = meeting.person(point.person)
    waiting = open_calls(meeting)
    if waiting:
        return Shown(
            person.name if person else point.person,
            ("the call after the room", f"{len(waiting)} to take" if len(waiting) > 1 else "the last one"),
            groups=(in_actions(look, person, waiting[0]),) if person else (),
            drawn=lambda width: Content("\n").join(
                [actions_words.room_line(meeting, one, now=one is waiting[0], width=width) for one in waiting]
            ),
            asks=f"{short_money(waiting[0].stated)} to {short_money(waiting[0].after)}?",
            marks=status(Tone.UNKNOWN, f"{len(waiting)} to take"),
        )
    mine = reading_aloud(meeting, draft.place.get("reads", ""))
    if mine is None:
        return Shown("All heard", ("each commitment has an owner and a date", ""), marks=status(Tone.OK, "all heard"))
    said = [
        actions_words.aloud(meeting, commitment, chosen=commitment.id == draft.place.get("line"), rows=1)
        for commitment in mine.commitments[:LINES]
    ]
    hidden = len(mine.commitments) - len(said)
    more = [Content.styled(f"  and {hidden} more", "$dim")] if hidden > 0 else []
    return Shown(
        mine.name,
        (f"reads {actions_words.counted(len(mine.commitments))}", ""),
        drawn=lambda _: Content("\n").join([*said, *more]),
        asks=f"Reads {actions_words.counted(len(mine.commitments))}",
        marks=Content(f"reads {actions_words.counted(len(mine.commitments))}"),
    )
