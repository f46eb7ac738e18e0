"""The shape of the graph as data: which properties each label and each relation has. docs/graph.md says what they mean.

The adapters declare it, the projection fills it, the comparison reads it back: one list for all three.
"""

from __future__ import annotations

from typing import Final

TEXT: Final = "str"
DAY: Final = "date"
NUMBER: Final = "int"
TRUTH: Final = "bool"

MIGRATION: Final = "Migration"  # one node for each file of queries/schema/ that was applied; ours, not the graph's
BUILD: Final = "Build"  # one node: what the graph was built from

NODE: Final = {"id": TEXT, "name": TEXT, "search": TEXT, "digest": TEXT}
SPAN: Final = {"since": TEXT, "until": TEXT, "since_lo": DAY, "since_hi": DAY, "until_lo": DAY, "until_hi": DAY}
KNOWN: Final = {"recorded_on": DAY, "closed_on": DAY}
EDGE: Final = {
    "id": TEXT,
    **SPAN,
    **KNOWN,
    "statement": TEXT,
    "source": TEXT,
    "authority": TEXT,
    "file": TEXT,
    "confidence": TEXT,
    "note": TEXT,
    "digest": TEXT,
}


def _texts(names: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), TEXT)


LABELS: Final[dict[str, dict[str, str]]] = {
    label: {**NODE, **extra}
    for label, extra in {
        "State": _texts("kind since until region note official"),
        "Organisation": _texts("kind since until"),
        "Instrument": _texts(
            "kind parent binds adopted in_force entry_clause withdrawal_clause complete_to confidence"
        ),
        "Provision": _texts("instrument article"),
        "Right": _texts("definition qualification"),
        "Tactic": _texts("group definition"),
        "Body": {},
        "Forum": {
            **_texts("kind binding region since until produces confidence acronym"),
            "strength": NUMBER,
            "encoded": TRUTH,
            "international": TRUTH,
        },
        "Source": _texts("publisher url licence sha256 date"),
        "Dataset": {**_texts("publisher licence url as_of"), "statements": NUMBER},
        "Statement": {
            **_texts("subject relation object kind deposited since until excludes detail confidence"),
            **_texts("source dataset snapshot record seen note recorded"),
            **KNOWN,
            "overruled": TRUTH,
        },
    }.items()
}
LABELS[BUILD] = {"id": TEXT, "law": TEXT, "load": TEXT, "version": TEXT, "finished": TRUTH}

RELATIONS: Final[dict[str, dict[str, str]]] = {
    relation: {**EDGE, **extra}
    for relation, extra in {
        "SIGNED": _texts("kind deposited"),
        "PARTY_TO": _texts("kind deposited"),
        "ACCEPTS": _texts("kind deposited acceptance"),
        "MEMBER_OF": _texts("kind deposited"),
        "SUSPENDED": _texts("kind deposited"),
        "OPTS_OUT": _texts("kind deposited"),
        "NOT_PARTY": _texts("kind"),
        "RESERVES": _texts("kind deposited excludes detail"),
        "SUCCEEDS": _texts("kind"),
        "PART_OF": {},
        "GUARANTEES": {},
        "ESTABLISHES": {},
        "SUPERVISES": {},
        "RUNS": {},
        "APPLIES": {},
        "NEEDS": {"alternative": NUMBER, "needed": NUMBER},
        "CLOSES": _texts("outcome same stage"),
        "ENGAGES": {},
        "OWES": {
            **_texts("duty about body due reservation"),
            "first_months": NUMBER,
            "every_months": NUMBER,
            "reserved": TRUTH,
        },
        "STATED_BY": {},
        "LOADED_IN": {},
    }.items()
}

# Every pair of labels that a relation may join.
PAIRS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "SIGNED": (("State", "Instrument"),),
    "PARTY_TO": (("State", "Instrument"),),
    "ACCEPTS": (("State", "Forum"), ("State", "Instrument")),
    "MEMBER_OF": (("State", "Organisation"),),
    "SUSPENDED": (("State", "Organisation"),),
    "OPTS_OUT": (("State", "Instrument"),),
    "NOT_PARTY": (("State", "Instrument"), ("State", "Organisation")),
    "RESERVES": (("State", "Instrument"), ("State", "Organisation")),
    "SUCCEEDS": (("State", "State"),),
    "PART_OF": (
        ("State", "State"),
        ("Provision", "Instrument"),
        ("Instrument", "Instrument"),
        ("Body", "Organisation"),
    ),
    "GUARANTEES": (("Provision", "Right"),),
    "ESTABLISHES": (("Instrument", "Forum"),),
    "SUPERVISES": (("Body", "Instrument"),),
    "RUNS": (("Body", "Forum"),),
    "APPLIES": (("Forum", "Instrument"), ("Forum", "Provision")),
    "NEEDS": (("Forum", "Instrument"), ("Forum", "Organisation")),
    "CLOSES": (("Forum", "Forum"),),
    "ENGAGES": (("Tactic", "Right"),),
    "OWES": (("State", "Provision"),),
    "STATED_BY": (("Statement", "Source"),),
    "LOADED_IN": (("Statement", "Dataset"),),
}
