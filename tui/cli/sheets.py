"""`closeout prep --sheets` and `closeout import --answers`: the reps' sheets, out and back in."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import Refused
from tui.cli.options import invocation, say, say_json
from tui.cli.place import day_of, standing, there, writing
from tui.cli.table import left, wrapped

if TYPE_CHECKING:
    from review.settings import Settings
    from review.sheets.blank import Sheet

OUT = "Sheets are made before the hour; lock it or set it aside first."
BACK = "What the sheets say is said in the room now; lock the review or set it aside first."
NOBODY = "There is nobody to ask: read in an export of the team's deals first, with closeout import FILE."


def review_day_of(settings: "Settings") -> date:
    """Give the day of the review that sheets are for: the one asked for, otherwise the next weekly one."""
    from review.sheets.asking import review_day

    asked = invocation()
    return asked.as_of or review_day(settings, asked.today)


def make_sheets(folder: Path, *, as_json: bool) -> None:
    """Write every rep's sheet, and record who was told what by it."""
    from review.events import SheetsMade
    from review.sheets.asking import sheets_of
    from store.sheets.folder import write_sheets

    with writing("making sheets", OUT) as reviews:
        now = standing(reviews, day_of(reviews))
        day = review_day_of(now.settings)
        sheets = sheets_of(now.ledger, now.settings, day, reviews.workspace_id())
        if not sheets:
            raise Refused(NOBODY)
        paths = write_sheets(folder, sheets)
        told = tuple(deal for sheet in sheets for deal in sheet.told)
        made = SheetsMade(day=invocation().today, people=tuple(sheet.person for sheet in sheets), told=told)
        reviews.desk_write(made, what=f"made {len(sheets)} sheets", decision=False)
    if as_json:
        import msgspec

        say_json(msgspec.json.encode({"day": day, "files": [str(path) for path in paths]}).decode())
        return
    say(*_made(sheets, folder, day))


def take_sheets(paths: Sequence[Path], *, folder: Path | None, dry_run: bool, as_json: bool) -> None:
    """Read filled-in sheets, take what can be taken as one thing, and write back what is asked again."""
    from store.sheets.desk import answers_in, send_back, take

    if dry_run:
        reviews = there(writes=False)
        now = standing(reviews, day_of(reviews))
        answered = answers_in(reviews, now, paths, today=invocation().today, review_day=review_day_of(now.settings))
        back: tuple[Path, ...] = ()
    else:
        with writing("reading in answers", BACK) as reviews:
            now = standing(reviews, day_of(reviews))
            day = review_day_of(now.settings)
            answered = answers_in(reviews, now, paths, today=invocation().today, review_day=day)
            take(reviews, answered)
            back = send_back(folder or reviews.workspace.exports, answered)
    if as_json:
        import msgspec

        report = {"taken": answered.taken, "refused": answered.refused, "same": answered.same, "empty": answered.empty}
        say_json(msgspec.json.encode({**report, "sheets": [str(path) for path in back]}).decode())
        return
    from review.sheets.report import report_lines

    for line in report_lines(answered, now.settings, dry_run=dry_run):
        say(*wrapped(line.lstrip(), line[: len(line) - len(line.lstrip())]))
    if back:
        names = ", ".join(dict.fromkeys(path.stem for path in back))
        say("", *wrapped(f"What is asked again went to {back[0].parent}, each as .csv, .xlsx and .txt: {names}"))
    if answered.facts and not dry_run:
        say("", "closeout import --undo takes these answers back, until the next import or lock.")


def _made(sheets: Sequence["Sheet"], folder: Path, day: date) -> list[str]:
    said = [f"Sheets for the review of {day:%a} {day.day} {day:%b %Y} in {folder}:", ""]
    for sheet in sheets:
        asked = sum(blank.answers for blank in sheet.blanks)
        said.append(f"  {left(sheet.name, 24)} {asked:>3} {'line' if asked == 1 else 'lines'}")
    said += [
        "",
        *wrapped("Each as .csv, .xlsx and .txt: send a rep the one they like, or paste the text into a chat."),
        *wrapped(f"Read them back with the key a in the lobby, or with: closeout import --answers {folder}"),
    ]
    return said
