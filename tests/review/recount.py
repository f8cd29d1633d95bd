"""Twelve weeks counted again in plain Python, from the method's words alone: nothing of review/ is used here."""

from copy import copy, deepcopy
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace as Box
from typing import Any

ZERO = Decimal(0)
FIELDS = ("category", "close_date", "amount", "stage")


def quarter(day, ahead=0):
    """First and last day of the calendar quarter that lies `ahead` quarters after the one of `day`."""
    number = day.year * 4 + (day.month - 1) // 3 + ahead
    first = date(number // 4, number % 4 * 3 + 1, 1)
    after = date((number + 1) // 4, (number + 1) % 4 * 3 + 1, 1)
    return first, after - timedelta(days=1)


def within(day, span):
    return day is not None and span[0] <= day <= span[1]


class Recount:
    """The same twelve weeks, one fact after the other; `lock` gives what the review's row should say."""

    def __init__(self, reps, holidays):
        self.reps, self.holidays = reps, holidays
        self.deals, self.promises, self.calls, self.locks = {}, {}, {}, []
        self.export_day = self.lock_export_day = None
        self.day: Any = None
        self.third = 0

    # Truth

    def read(self, day, rows):
        """An export: decisions agree, hold or give way; what is not in it is gone."""
        for ident, crm in rows.items():
            deal = self.deals.get(ident)
            if deal is None:
                self.deals[ident] = self._first_seen(crm, day)
            else:
                self._seen_again(deal, dict(crm), day)
        for ident, deal in self.deals.items():
            if ident in rows:
                continue
            if deal.ended:
                deal.agreed = True
            elif deal.crm["status"] == "open":
                deal.gone = True
        self.export_day = day

    def _first_seen(self, crm, day):
        return Box(
            crm=dict(crm), first_seen=day, first_lost=None, gone=False, answer="", answered=None, decided={},
            ended="", ended_on=None, ended_in=0, agreed=False, lock=None, handed=False, returned=False, stay=None,
            confirmed=None, paper=None, told=None, excepted=False, step="", written=False, new_step=True, pushes=0,
            opened_on=None, left="", parks=0, skipped=False, settled=False, locks_seen=0,
        )  # fmt: skip

    def _seen_again(self, deal, crm, day):
        was, old, deal.crm = self.now(deal)["status"], deal.crm, crm
        closed = crm["status"] != "open"
        for field, said in list(deal.decided.items()):
            now = crm[field]
            moot = field in ("category", "stage") or (field == "close_date" and deal.ended)
            if now == said.value or (closed and moot):
                del deal.decided[field]
            elif now != said.then and now not in said.earlier:
                del deal.decided[field]
                self.third += 1
        if deal.ended:
            wanted = "won" if deal.ended == "won" else "lost"
            if crm["status"] == "open":
                deal.ended = "" if deal.agreed else deal.ended
            elif crm["status"] == wanted:
                deal.agreed = True
            else:
                deal.ended = ""
                self.third += not deal.agreed
        deal.returned = deal.returned or deal.gone or was != "open"
        deal.gone, deal.answer = False, ""
        if crm["status"] != "lost":
            deal.first_lost = None
        elif old["status"] != "lost":
            deal.first_lost = day
        if self.rep(old) != self.rep(crm):
            deal.handed, deal.told = True, None
            if deal.stay:
                deal.stay.told = False
        deal.new_step = deal.new_step or crm["step"] != old["step"]

    def rep(self, crm):
        return crm["owner"] if crm["owner"] in self.reps else ""

    def now(self, deal):
        """Effective values."""
        found = {field: deal.crm[field] for field in FIELDS} | {field: d.value for field, d in deal.decided.items()}
        status = deal.crm["status"]
        if deal.ended:
            status = "won" if deal.ended == "won" else "duplicate" if deal.ended == "duplicate" else "lost"
        elif deal.answer in ("won", "lost"):
            status = deal.answer
        return found | {"status": status, "rep": self.rep(deal.crm)}

    def runs(self, deal):
        """Open, in the export, not omitted."""
        now = self.now(deal)
        return now["status"] == "open" and not deal.gone and now["category"] != "omitted"

    def active(self):
        last = quarter(self.day, 1)[1]
        for ident, deal in self.deals.items():
            close = self.now(deal)["close_date"]
            if self.runs(deal) and (close is None or close <= last):
                yield ident, deal

    # The review

    def start(self, day, present):
        self.day, self.present = day, set(present)
        self.opened, self.exits, self.stated, self.said = [], {}, {}, {}
        self.before = {rep: self.implied(rep)[0] for rep in self.reps}

    def presence(self, person, here):
        (self.present.add if here else self.present.discard)(person)

    def open(self, ident):
        self.opened.append(ident)

    def change(self, ident, field, value):
        deal = self.deals[ident]
        known = deal.decided.get(field)
        if known is None and deal.crm[field] == value:
            return
        earlier = [*known.earlier, known.value] if known else []
        deal.decided[field] = Box(value=value, then=deal.crm[field], earlier=earlier, made=len(self.locks) + 1)

    def evidence(self, ident, confirmed, paper):
        deal = self.deals[ident]
        deal.confirmed, deal.paper = confirmed or deal.confirmed, paper or deal.paper

    def excepted(self, ident):
        self.deals[ident].excepted = True

    def settled(self, ident):
        self.deals[ident].settled = True

    def left(self, ident, how):
        self.exits[ident] = how

    def ended(self, ident, kind):
        deal = self.deals[ident]
        deal.ended, deal.ended_on, deal.agreed, deal.ended_in = kind, self.day, False, len(self.locks) + 1
        self.exits[ident] = "ended"

    def answered(self, ident, answer):
        self.deals[ident].answer, self.deals[ident].answered = answer, self.day

    def queued(self, idents):
        """The queue as it stands; what the import closed or lost has left, what it has again has not."""
        self.queue = list(idents)
        for ident in self.queue:
            deal = self.deals[ident]
            if self.exits.get(ident) == "not here" and not deal.gone:
                del self.exits[ident]
            if ident not in self.exits and deal.gone:
                self.exits[ident] = "not here"
            elif ident not in self.exits and self.now(deal)["status"] != "open":
                self.exits[ident] = "ended"

    # Promises

    def promised(self, label, owner, due, day, counts=True, of=""):
        self.promises[label] = Box(
            owner=owner, due=due, made=day, counts=counts, open=True, judged="", at=None, moves=0, early=False,
            of=of, let_go=False, number=False,
        )  # fmt: skip

    def numbered(self, label, owner, due, day):
        """A number for the week; the next one ends what was let go."""
        for promise in self.promises.values():
            if promise.number and promise.owner == owner and promise.open and promise.let_go:
                promise.open = False
        self.promised(label, owner, due, day)
        self.promises[label].number = True

    def step(self, ident, label, owner, due, day=None, written=False):
        deal, day = self.deals[ident], day or self.day
        old = self.promises.get(deal.step)
        if old is not None and old.open and (old.due >= day or old.let_go):
            old.open, old.judged = False, old.judged or "apart"
        self.promised(label, owner, due, day, of=ident)
        deal.step, deal.written = label, written

    def redated(self, label, due):
        promise = self.promises[label]
        if promise.made == self.day:
            promise.due = due
        elif due != promise.due:
            self.verdict(label, "moved", due, self.day, again=promise.due < self.day)

    def verdict(self, label, word, due, day, *, again=True):
        """Counted once: at the first date, or at the second if it was moved once before the first.

        Judged again in the same review, the last word takes the place of the one before.
        """
        promise = self.promises[label]
        if again and day == self.day:
            promise = self.promises[label] = copy(self.said.setdefault(label, copy(promise)))
        if not promise.judged and promise.counts:
            if word in ("done", "the buyer did it"):
                promise.judged = "kept"
            elif word == "no longer needed":
                promise.judged = "apart"
            elif not (word == "moved" and day < promise.due and promise.moves == 0):
                promise.judged = "not kept"
        if word in ("moved", "not done"):
            promise.let_go = due is None
            if due is not None and due != promise.due:
                promise.moves += day < promise.due
                promise.due = due
            if promise.let_go and promise.of and self.deals[promise.of].step != label:
                promise.open = False
            if (
                promise.let_go
                and promise.number
                and any(
                    one.number and one.owner == promise.owner and one.made > promise.made
                    for one in self.promises.values()
                )
            ):
                promise.open = False
        else:
            promise.open, promise.early = False, day <= promise.due

    def due(self):
        return {label for label, p in self.promises.items() if p.open and p.due < self.day and p.made < self.day}

    def _count_promises(self):
        kept: dict[str, Any] = {}
        for promise in self.promises.values():
            waits = promise.judged == "kept" and promise.early and promise.due >= self.day
            if promise.judged in ("kept", "not kept") and promise.at is None and not waits:
                promise.at = len(self.locks) + 1
                good, every = kept.get(promise.owner, (0, 0))
                kept[promise.owner] = (good + (promise.judged == "kept"), every + 1)
        return kept

    # Forecast

    def closed_on(self, deal):
        now = self.now(deal)
        seen = deal.ended_on if deal.ended else deal.answered if deal.answer in ("won", "lost") else deal.first_lost
        return (now["close_date"] or seen) if now["status"] == "won" else (seen or now["close_date"])

    def implied(self, rep=None, leaving=()):
        """Implied commit and best case of a rep or the team; `leaving` = deals that go to best case."""
        span, commit, best = quarter(self.day), ZERO, ZERO
        for ident, deal in self.deals.items():
            now = self.now(deal)
            if rep is not None and now["rep"] != rep:
                continue
            if now["status"] == "won" and within(self.closed_on(deal), span):
                commit += now["amount"] or 0
            elif self.runs(deal) and within(now["close_date"], span):
                category = "best case" if ident in leaving else now["category"]
                commit += (now["amount"] or 0) if category == "commit" else 0
                best += (now["amount"] or 0) if category == "best case" else 0
        return commit, commit + best

    def stated_call(self, person, amount):
        self.stated[person] = amount

    def _calls(self, leaving):
        """Stated and after the room, per person; an absent rep's last call of the period is carried over."""
        period = quarter(self.day)[0]
        found = {}
        for rep in self.reps:
            if rep in self.stated:
                after = self.stated[rep]
                if rep in self.present:
                    after += self.implied(rep, leaving)[0] - self.before[rep]
                found[rep] = (self.stated[rep], after)
            elif rep not in self.present and (rep, period) in self.calls:
                found[rep] = (self.calls[rep, period],) * 2
        for rep in self.stated:
            self.calls[rep, period] = found[rep][1]
        return found

    # Commit

    def holds(self, deal, day):
        """Whether both halves of the evidence hold on a day."""
        close = self.now(deal)["close_date"]
        if deal.confirmed is None or deal.paper is None:
            return False
        confirmed, said, signed = deal.confirmed
        moved, appointment = deal.paper
        fresh = signed or (day - said).days <= 30
        ahead = appointment is not None and day <= appointment and (close is None or appointment <= close)
        return confirmed == close and fresh and ((moved is not None and (day - moved).days <= 14) or ahead)

    def in_commit(self, deal):
        now = self.now(deal)
        return now["status"] == "open" and now["category"] == "commit"

    def _working(self, first, last):
        days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
        return sum(day.weekday() < 5 and day not in self.holidays for day in days)

    def slips(self):
        """Take every stay in commit over this lock; gives the deals that two slips move."""
        moved, counted = [], {}
        acts = len(self.locks) + 1 >= 2
        for ident, deal in self.deals.items():
            now = self.now(deal)
            if deal.gone and now["status"] == "open":
                continue
            if not self.in_commit(deal):
                if deal.stay:
                    deal.stay.outside += 1
                    deal.stay = None if deal.stay.outside == 2 else deal.stay
                continue
            close = now["close_date"]
            begins = Box(anchor=close, last=close, count=0, waiting=[], out=False, outside=0, first=True, told=False)
            stay = deal.stay = deal.stay or begins
            missing = close is None or close < self.day
            slip = missing or (
                stay.anchor is not None
                and close > stay.anchor
                and (quarter(close) > quarter(stay.anchor) or self._working(stay.anchor, close) > 3)
            )
            same = stay.out and not missing
            against = stay.anchor
            later = not stay.first and close is not None and (stay.last is None or close > stay.last)
            if same:
                stay.anchor, slip = close, False
            if slip:
                stay.count, stay.anchor = stay.count + 1, close
            elif not later:
                stay.count, stay.told = 0, stay.told and bool(stay.waiting)
            stay.out, stay.outside, stay.last, stay.first = missing, 0, close, False
            stay.anchor = stay.anchor or close
            second = slip and stay.count >= 2
            if deal.excepted:
                stay.waiting = []
            elif not (acts and now["rep"] in self.present and (stay.told or ident in self.opened)):
                stay.waiting += [against] if second else []
            else:
                wait = [anchor for anchor in stay.waiting if anchor is None or close is None or close > anchor]
                if second or wait:
                    moved.append(ident)
                stay.waiting = []
            stay.told = stay.told or stay.count > 0 or bool(stay.waiting)
            if slip:
                counted[ident] = stay.count
        return moved, counted

    def evidence_leaves(self, slipping):
        """Deals that leave for want of evidence: at most a third of the team's, those told longest first."""
        mine = [
            (ident, deal)
            for ident, deal in self.deals.items()
            if self.in_commit(deal) and not deal.gone and self.now(deal)["rep"]
        ]
        most = -(-len(mine) // 3)
        lacking = {ident: deal for ident, deal in mine if ident not in slipping and not self.holds(deal, self.day)}
        wrote = {self.promises[deal.step].owner for deal in self.deals.values() if deal.written}
        ready = []
        for ident, deal in lacking.items():
            told = deal.told or (self.day if ident in self.opened else None)
            here = self.now(deal)["rep"] in self.present | wrote
            if len(self.locks) + 1 >= 2 and here and deal.lock and told:
                ready.append((told, -(self.now(deal)["amount"] or 0), ident))
        leaving = [ident for *_, ident in sorted(ready)[:most]]
        for ident, deal in self.deals.items():
            if ident in lacking:
                deal.told = deal.told or (None if ident in leaving else self.day)
            elif ident not in slipping and not deal.gone:
                deal.told = None
        return leaving, sorted(set(lacking) - set(leaving)), most

    # Creation

    def _standing_then(self, lock, span):
        return lock.runs and within(lock.close_date, span)

    def birth(self, deal):
        if deal.handed:
            return "transferred"
        return "created" if deal.crm["created"] >= self.lock_export_day else "appeared"

    def is_new(self, deal):
        now = self.now(deal)
        return deal.lock is None and (now["status"] != "open" or now["category"] != "omitted")

    def closed_since(self, deal):
        if self.now(deal)["status"] == "open":
            return False
        if deal.lock is not None:
            return not deal.lock.closed
        day = self.closed_on(deal)
        return bool(deal.ended) or deal.crm["created"] >= self.lock_export_day or (day and day >= self.lock_export_day)

    def creation(self):
        """Ids per line: created, appeared, transferred, won, lost."""
        found: dict[str, set[str]] = {kind: set() for kind in ("created", "appeared", "transferred", "won", "lost")}
        if self.lock_export_day is None:
            return found
        for ident, deal in self.deals.items():
            if self.is_new(deal):
                found[self.birth(deal)].add(ident)
            over = deal.lock is not None and deal.lock.closed and self.now(deal)["status"] != "open"
            if deal.lock is not None and deal.lock.rep != self.rep(deal.crm) and not over:
                found["transferred"].add(ident)
            if self.closed_since(deal) and self.now(deal)["status"] != "duplicate":
                found[self.now(deal)["status"]].add(ident)
        return found

    def worth(self, idents):
        return sum((self.now(self.deals[ident])["amount"] or ZERO for ident in idents), ZERO)

    def bridge(self):
        """Start, end and {(line, deal): amount}, for the quarter of the review's day."""
        span, lines, start, end = quarter(self.day), {}, ZERO, ZERO
        for ident, deal in self.deals.items():
            now, lock = self.now(deal), deal.lock
            worth = now["amount"] or ZERO
            inside = self.runs(deal) and within(now["close_date"], span)
            end += worth if inside else 0
            if self.lock_export_day is None:
                continue
            stood = lock is not None and self._standing_then(lock, span)
            base = (lock.amount or ZERO) if lock else worth
            start += base if stood else 0
            closed = now["status"] != "open"
            if not (stood or inside or (self.closed_since(deal) and within(now["close_date"], span))):
                continue
            if stood and deal.gone and not closed:
                lines["vanished", ident] = -base
                continue
            if not stood:
                lines[self._entry(deal, span), ident] = base
            if worth != base:
                lines["increased" if worth > base else "decreased", ident] = worth - base
            if not inside:
                left = now["status"] if closed else "omitted" if now["category"] == "omitted" else "moved out"
                lines[left, ident] = -worth
        return (None if self.lock_export_day is None else start), end, lines

    def _entry(self, deal, span):
        lock = deal.lock
        if lock is None:
            return self.birth(deal)
        if lock.closed:
            return "reopened"
        if lock.category == "omitted":
            return "restored"
        return "returned" if within(lock.close_date, span) else "moved in"

    # The lock

    def has_three(self, deal):
        promise = self.promises.get(deal.step)
        if promise is not None and promise.open:
            return promise.due >= self.day
        return bool(deal.crm["step"] and self.rep(deal.crm)) and (deal.crm["step_date"] or date.min) >= self.day

    def parts(self):
        found: dict[str, set[str]] = {
            part: set() for part in ("without", "closed out in the room", "in writing", "still standing")
        }
        for ident, deal in self.active():
            promise = self.promises.get(deal.step)
            from_crm = promise is None or not promise.open
            if not self.has_three(deal):
                part = "without"
            elif self.exits.get(ident) == "closed out":
                part = "closed out in the room"
            else:
                part = "in writing" if deal.written or (from_crm and deal.new_step) else "still standing"
            found[part].add(ident)
        return found

    def picture(self):
        """Everything that is compared with the product at one moment."""
        return deepcopy(
            Box(
                values={ident: self.now(deal) | {"gone": deal.gone} for ident, deal in self.deals.items()},
                active={ident for ident, _ in self.active()},
                bridge=self.bridge(),
                creation=self.creation(),
                implied={rep: self.implied(rep) for rep in (*self.reps, None)},
                parts=self.parts(),
                in_crm=self.not_in_crm(),
                due=self.due(),
                third=self.third,
                deals=self.deals,
                lacking={i for i, d in self.deals.items() if self.in_commit(d) and not self.holds(d, self.day)},
            )
        )

    def lock(self):
        slipping, counted = self.slips()
        leaving, staying, most = self.evidence_leaves(slipping)
        calls = self._calls({*slipping, *leaving})
        for ident in self.queue:
            if ident not in self.exits and self.now(self.deals[ident])["rep"] in ({*self.present, ""}):
                self.exits[ident] = "dropped"
        for ident in (*slipping, *leaving):
            self.change(ident, "category", "best case")
        born, kept, parts = self.creation(), self._count_promises(), self.parts()
        without: dict[str, Any] = {}
        for ident in parts["without"]:
            rep = self.rep(self.deals[ident].crm)
            without[rep] = without.get(rep, 0) + 1
        inspected = [i for i in self.opened if self.exits.get(i) not in (None, "dropped", "not here")]
        row = Box(
            day=self.day, slipping=slipping, counted=counted, leaving=leaving, staying=staying, most=most, kept=kept,
            calls=calls, born=born, parts=parts, without=without, opened=inspected, present=set(self.present),
            created=self.worth(born["created"]), won=self.worth(born["won"]), lost=self.worth(born["lost"]),
            collected=self._collected(parts["without"]),
            stays={ident: deepcopy(deal.stay) for ident, deal in self.deals.items() if deal.stay},
        )  # fmt: skip
        self.locks.append(row)
        for ident, deal in self.deals.items():
            self._freeze(ident, deal, ident in inspected)
        self.lock_export_day = self.export_day
        return row

    def _collected(self, without):
        """What each owner's collecting commitments name: deals to complete, and decisions to set in the CRM."""
        steps: dict[str, Any] = {}
        for ident, deal in self.deals.items():
            owner = self.rep(deal.crm) or "manager"
            if ident in without and self.exits.get(ident) not in ("parked", "offline") and len(self.locks) + 1 >= 2:
                steps.setdefault(owner, set()).add(ident)
        return steps, self.not_in_crm(len(self.locks))

    def not_in_crm(self, locks=None):
        """What a review ended, and what it decided and the next has passed, by whose it is to set it in the CRM."""
        locks = len(self.locks) - 1 if locks is None else locks
        found: dict[str, Any] = {}
        for ident, deal in self.deals.items():
            late = any(said.made <= locks for said in deal.decided.values())
            late = late and not deal.gone and deal.crm["status"] != "lost"
            if (not deal.agreed) if deal.ended else late:
                found.setdefault(self.rep(deal.crm) or "manager", set()).add(ident)
        return found

    def _freeze(self, ident, deal, inspected):
        now = self.now(deal)
        old = deal.lock
        closed = now["status"] != "open"
        both = old and not old.closed and not closed and old.close_date and now["close_date"]
        if both and now["close_date"] > old.close_date:
            deal.pushes += 1
        deal.lock = Box(
            runs=self.runs(deal), open=not closed and not deal.gone, closed=closed, category=now["category"],
            amount=now["amount"], close_date=now["close_date"], rep=now["rep"],
        )  # fmt: skip
        how = self.exits.get(ident)
        deal.left = "dropped" if how == "not here" else how or ""
        deal.parks = deal.parks if how is None else deal.parks + 1 if how == "parked" else 0
        deal.opened_on = self.day if inspected else deal.opened_on
        deal.excepted = deal.written = deal.new_step = deal.returned = False
        deal.locks_seen += 1
