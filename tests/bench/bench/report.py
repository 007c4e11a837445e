# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of a run, as a table for people and as data."""
import dataclasses
import statistics
import unicodedata


def median(values):
    return statistics.median(values)


def percentile(values, part):
    """The smallest value that at least `part` (0 to 1) of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-len(ordered) * part // 1).__int__() - 1))]


@dataclasses.dataclass
class Row:
    part: str
    what: str
    value: float
    unit: str
    # Of the value to what `against` names.
    ratio: float | None = None
    against: str = ""
    # At least (>=) or at most (<=) this; of the ratio when of_ratio, otherwise of the value.
    target: str = ""
    ok: bool | None = None
    # A later goal: shown, never a miss.
    outlook: bool = False
    note: str = ""


def judged(value, target):
    """'>= 3' or '<= 150 ms': does the value keep it?"""
    sign, bound = target.split()[:2]
    return value >= float(bound) if sign == ">=" else value <= float(bound)


class Report:
    def __init__(self, facts):
        self.facts = facts
        self.rows = []
        self.notes = []
        self.raw = {}

    def add(self, part, what, value, unit, *, ratio=None, against="", target="", of_ratio=False, outlook=False,
            note=""):
        ok = None
        if target:
            ok = judged(ratio if of_ratio else value, target)
        shown = target + (" x" if target and of_ratio else "")
        self.rows.append(Row(part, what, value, unit, ratio, against, shown, ok, outlook, note))

    def left_out(self, part, why):
        self.notes.append(f"{part}: left out. {why}")

    def note(self, part, text):
        self.notes.append(f"{part}: {text}")

    def missed(self):
        return [row for row in self.rows if row.ok is False and not row.outlook]

    def data(self):
        return {**self.facts, "rows": [dataclasses.asdict(row) for row in self.rows], "notes": self.notes,
                "raw": self.raw}

    def text(self):
        head = ["part", "what", "median", "ratio", "against", "target", ""]
        lines = [head]
        for row in self.rows:
            verdict = {None: "", True: "ok", False: "missed"}[row.ok]
            if row.outlook:
                verdict = {True: "reached", False: "not yet", None: ""}[row.ok]
            target = f"{row.target} (later)" if row.outlook else row.target
            lines.append([row.part, row.what, f"{number(row.value)} {row.unit}".strip(),
                          "" if row.ratio is None else number(row.ratio), row.against, target, verdict])
        widths = [max(width(line[i]) for line in lines) for i in range(len(head))]
        out = [f"TikGok, {self.facts['date']}, commit {self.facts['commit']}, preset {self.facts['preset']}, "
               f"{self.facts['cpus']} CPUs", ""]
        for index, line in enumerate(lines):
            cells = [pad(cell, widths[i], right=i in (2, 3)) for i, cell in enumerate(line)]
            out.append("| " + " | ".join(cells) + " |")
            if index == 0:
                out.append("|" + "|".join("-" * (w + 1) + (":" if i in (2, 3) else "-")
                                          for i, w in enumerate(widths)) + "|")
        out += [""] + [f"* {note}" for note in self.notes]
        missed = self.missed()
        judged_rows = [row for row in self.rows if row.ok is not None and not row.outlook]
        out.append(f"{len(judged_rows) - len(missed)} of {len(judged_rows)} targets met"
                   + ("" if not missed else "; missed: " + "; ".join(row.what for row in missed)))
        return "\n".join(out)


def number(value):
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    if abs(value) >= 100 or float(value).is_integer():
        return f"{value:.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def pad(text, columns, right):
    space = " " * (columns - width(text))
    return space + text if right else text + space
