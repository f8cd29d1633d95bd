"""What a wall screen says of deals: the card of inspection, the list of creation."""

from typing import Final

from textual.content import Content

from review.card import Card, card_of
from review.closeout import preview, standing_step
from review.creation_items import items_of
from review.deals import Category
from review.onscreen import asked_item
from review.ports import Draft
from screens import creation_words
from screens import inspection_form as form
from screens import inspection_words as card_words
from screens.following_typed import in_creation
from screens.following_view import EMPTY, LINES, Look, Said, Shown, label
from screens.inspection_noting import field_id
from screens.inspection_typing import NARROW
from tui.widgets.data import LABEL_WIDTH, Feedback, Tone, plain, status, values

SIGNALS: Final = ((30, 3), (40, 5), (1000, 8))
"""Rows of the screen under which so many lines say what stands out; the others are counted."""


def inspection(look: Look) -> Shown:
    """Say what stands on the card of the deal."""
    meeting, point, draft = look.meeting, look.point, look.draft
    if not point.deal:
        return Shown("Inspection", ("no deal is on the screen", ""))
    card = card_of(meeting, point.deal)
    person = meeting.person(point.person)
    name = card.deal.detail
    story: list[Said] = [(label(card.since), card_words.changed(card))]
    promised = card_words.promised(card, meeting, one_line=look.columns < NARROW)
    if promised:
        story.append((label("promised"), promised))
    room = next(most for under, most in SIGNALS if look.lines < under)
    # Beside the label stand margins, and the rail where it does not fold.
    width = look.columns - LABEL_WIDTH - (6 if look.columns < NARROW else 44)
    standing_out, rest = card_words.capped(card_words.standing_out(card, meeting), room)
    if rest:
        standing_out = (*standing_out, (card_words.count_of(rest), card_words.naming(rest, width)))
    evidence: tuple[Said, ...] = ()
    step: tuple[Said, ...] = ()
    left, gone = card_words.left_of(meeting, point.deal), meeting.is_gone(point.deal)
    marks = left[0] if left else EMPTY
    if not gone:
        if card.deal.category is Category.COMMIT:
            first, second = form.evidence_at_rest(card, meeting)
            evidence = (label("Commit"), first), (EMPTY, second)
        typed_evidence = draft.texts.get(f"{point.deal}:evidence", "")
        if typed_evidence.strip():
            seen = form.evidence_feedback(card, meeting, typed_evidence)
            evidence = (label("Commit"), values(typed_evidence)), (EMPTY, seen.line(width))
        feedback, typed = _step(look)
        step = (label("Step"), typed), (EMPTY, feedback.line(width))
        marks = marks or _gate(feedback)
    due = card.promised is not None and card.promised.is_due(meeting.day) and not card.verdict
    asks = "" if left or gone else "Was it done?" if due else "What is the next step?"
    return Shown(
        card.deal.title,
        (card.owned_by(person.name if person else card.rep), name),
        card_words.facts_of(card),
        (tuple(story), standing_out, (*_answers(card, draft), *evidence), step),
        asks=asks,
        marks=marks,
    )


def _answers(card: Card, draft: Draft) -> list[Said]:
    """Give what was answered, and what is being typed, of the questions that stand on the card."""
    found = []
    for question in card.questions:
        text = draft.texts.get(f"{card.deal.id}:{field_id(question.id)}", "") or card.answers.get(question.id, "")
        said = Content.styled(plain(text), "$foreground") if text else Content.styled(question.prompt, "$dim")
        found.append((label(question.label), said))
    return found


def _step(look: Look) -> tuple[Feedback, Content]:
    """Read the step as it stands or is being typed, with the marks of the gate."""
    meeting, deal = look.meeting, look.point.deal
    text, standing = look.draft.texts.get(f"{deal}:step", ""), standing_step(meeting, deal)
    seen = preview(meeting, deal, text)
    feedback = form.step_feedback(seen, meeting, text, standing, short=look.columns < NARROW)
    said = values(text) if text.strip() else Content.styled(plain(form.step_prompt(standing, meeting)), "$dim")
    return feedback, said


def _gate(feedback: Feedback) -> Content:
    """Give the marks of the gate in as few letters as they can be said."""
    return Content("  ").join(status(tone, word) for tone, word, _ in feedback.marks if tone in (Tone.OK, Tone.ACT))


def creation(look: Look) -> Shown:
    """Say what came and went, and what is asked."""
    meeting, draft = look.meeting, look.draft
    figures = creation_words.figures_of(meeting)
    items, asked = items_of(meeting), asked_item(meeting, draft.place.get("creation item", ""))
    done, of = (sum(item.done for item in items if item.aloud), sum(item.aloud for item in items))
    rows: tuple[tuple[str, str], ...] = (
        ("Created", figures.created),
        ("Won and lost", figures.gone),
        (f"{figures.period} pipeline", figures.pipeline),
    )
    rows = (*rows, ("Coverage", figures.coverage)) if figures.coverage else rows
    title = creation_words.title_of(meeting, asked) if asked else ""
    return Shown(
        figures.subject,
        figures.beside,
        groups=(tuple((label(name), Content(plain(said))) for name, said in rows), in_creation(look)),
        drawn=lambda _: creation_words.listed(meeting, items, asked, LINES),
        asks=f"{asked.kind.value}: {title}" if asked else "",
        marks=status(Tone.OK if done == of else Tone.UNKNOWN, f"{done} of {of} settled"),
    )
