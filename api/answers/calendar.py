"""The deadlines of the open rows as an iCalendar file. It names forums and the case's id, never people or facts."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta

from api.answers.text import cut
from api.answers.view import Answer
from graph.model.dates import parse_date
from graph.render import Catalogue
from graph.version import VERSION


def as_ics(answer: Answer, words: Catalogue) -> bytes:
    """Return an all-day event for each last day to file.

    A later answer to the same case gives the same UIDs, so that a calendar moves the event. The stamp is the day
    of the question: no clock is read, and the same answer gives the same bytes.
    """
    from icalendar import Calendar, Event

    case = cut(answer["case"] or words.say("label-no-id", {}), 60)
    stamp = datetime.combine(date.fromordinal(parse_date(answer["as_of"]).lo), datetime.min.time(), UTC)
    calendar = Calendar()
    calendar.add("prodid", f"-//recourse//{VERSION}//{words.lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", words.say("label-calendar", {"case": case}))
    for row in answer["forums"]:
        if row["verdict"] == "unavailable" or not row["deadline"]:
            continue
        last = date.fromisoformat(row["deadline"])
        args = {"forumid": row["forum"], "whom": row["respondent"], "case": case}
        event = Event()
        event.add("uid", _uid(answer, row))
        event.add("dtstamp", stamp)
        event.add("dtstart", last)
        event.add("dtend", last + timedelta(days=1))
        event.add("summary", words.say("label-event" if row["respondent"] else "label-event-bare", args))
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _uid(answer: Answer, row: Answer) -> str:
    """A case without an id is known by its deadline as well."""
    of = answer["case"] or f"{answer['as_of']} {row['deadline']}"
    key = "\x1f".join((str(of), row["forum"], row["respondent"] or ""))
    return f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@recourse"
