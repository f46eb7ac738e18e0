"""What a test may look at: one case, one respondent, one act, and the law."""

from __future__ import annotations

from typing import Any

from graph.law import Law
from graph.model.case import Act, Case, Remedy, Respondent
from graph.model.dates import DateRange

CASE, RESPONDENT, ACT = 0, 1, 2  # how much of the scope a test depends on


class Scope:
    """One forum-independent position: the case, the respondent (perhaps none) and one act."""

    __slots__ = (
        "act", "act_cache", "case", "case_cache", "day", "end", "law", "link", "perpetrator", "remedy",
        "resp_cache", "state",
    )  # fmt: skip

    def __init__(self, case: Case, law: Law) -> None:
        self.case, self.law = case, law
        self.day: DateRange = case.day
        self.state: str | None = None
        self.act: Act = case.acts[0]
        self.end: DateRange = self.act.end
        self.link: str | None = None
        self.perpetrator: str | None = None
        self.remedy: Remedy | None = None
        self.case_cache: dict[object, Any] = {}
        self.resp_cache: dict[object, Any] = {}
        self.act_cache: dict[object, Any] = {}

    def take_respondent(self, state: str | None) -> None:
        """Move to another respondent."""
        self.state = state
        self.resp_cache = {}
        self.remedy = None
        for remedy in self.case.remedies or ():
            if remedy.state == state:
                self.remedy = remedy

    def take_act(self, act: Act, respondent: Respondent | None) -> None:
        """Move to another act; a continuing act lasts to the day of the question."""
        self.act = act
        self.act_cache = {}
        day = self.day
        self.end = DateRange(max(day.lo, act.end.lo), max(day.hi, act.end.hi)) if act.continuing else act.end
        link = respondent.link if respondent else None
        self.link = link or act.link
        if self.link is None and act.where is not None and self.state is not None:
            parent = self.law.data["territory_of"].get(act.where)
            self.link = "on-territory" if self.state in (act.where, parent) else None
        self.perpetrator = (respondent.perpetrator if respondent else None) or act.perpetrator

    @property
    def filed(self) -> bool:
        """Whether the question is about a filing that was made."""
        return self.case.filed is not None
