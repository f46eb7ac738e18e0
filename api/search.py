"""What is called so: whatever the accents and capitals, grouped by kind.

`Names` knows states, instruments, forums, rights and tactics by id, name and other names, and needs neither store nor
ledger; `in_graph` asks the graph, which knows more kinds.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from graph.cypher import find_query
from graph.law import Law
from graph.reference import load
from graph.store.words import without_accents, words
from viz.web.pages.search import Found, Hit

if TYPE_CHECKING:
    from graph.store.port import GraphStore

KINDS: Final = (
    "State", "Instrument", "Forum", "Organisation", "Right", "Tactic", "Provision", "Body", "Source", "Dataset",
)  # fmt: skip
SHOWN: Final = 30  # hits of one kind that a page shows; it says when there are more


def fold(text: str) -> str:
    """Return a text without capitals, accents and punctuation, one blank between words."""
    marked = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in marked if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in bare).split())


@dataclass
class Names:
    """Every name of a law, folded once."""

    law: Law
    rows: list[tuple[str, str, str, tuple[tuple[str, str], ...], str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for kind, key, name, others, about in _named(self.law):
            folded = tuple((other, fold(other)) for other in (name, *others, key))
            self.rows.append((kind, key, name, folded, about))

    def find(self, text: str, most: int = SHOWN) -> list[Found]:
        """Return the hits of each kind, the best first: the whole name, its beginning, a word's beginning, a part."""
        wanted = fold(text)
        best: dict[str, list[tuple[int, str, Hit]]] = {}
        for kind, key, name, folded, about in self.rows:
            ranked = [(rank, other) for other, plain in folded if (rank := _rank(wanted, plain)) is not None]
            if ranked:
                rank, other = min(ranked, key=lambda pair: pair[0])
                hit = Hit(kind, key, name, "" if other in (name, key) else other, about)
                best.setdefault(kind, []).append((rank, fold(name), hit))
        found = []
        for kind in KINDS:
            hits = [hit for _, _, hit in sorted(best.get(kind, ()), key=lambda row: (row[0], row[1], row[2].id))]
            if hits:
                found.append((min(row[0] for row in best[kind]), Found(kind, hits[:most], len(hits) > most)))
        return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def in_graph(store: GraphStore, text: str, names: Names, most: int = SHOWN) -> list[Found]:
    """Return the hits of the graph: words that begin with what was typed; the names of the law say what each is.

    Raises: StoreUnavailable, StoreTimeout.
    """
    query = find_query("law/type_ahead")
    rows = store.read(query, query.bind({"prefix": words(without_accents(text)), "first": most + 1}))
    about = {(kind, key): told for kind, key, _, _, told in names.rows}
    found: dict[str, list[Hit]] = {}
    begins: dict[str, bool] = {}
    for row in rows:
        label = row["label"]
        found.setdefault(label, []).append(Hit(label, row["id"], row["name"], "", about.get((label, row["id"]), "")))
        begins[label] = begins.get(label, False) or row["begins"]
    order = sorted(found, key=lambda label: (not begins[label], KINDS.index(label)))
    return [Found(label, found[label][:most], len(found[label]) > most) for label in order]


def _rank(wanted: str, name: str) -> int | None:
    if not wanted or wanted not in name:
        return None
    if wanted == name:
        return 0
    if name.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in name else 3


def _named(law: Law) -> Iterator[tuple[str, str, str, tuple[str, ...], str]]:
    names: Mapping[str, Mapping[str, str]] = law.data["names"]
    states: Mapping[str, Any] = load.read_yaml(load.ROOT / "states.yaml")
    for key, name in names["states"].items():
        one = states.get(key) or {}
        yield "State", key, name, tuple(map(str, filter(None, (one.get("official"), *(one.get("aliases") or ()))))), ""
    for key, name in names["instruments"].items():
        yield "Instrument", key, name, (), ""
    for key, file in law.forums.items():
        acronym = file.get("acronym")
        yield "Forum", key, str(file["name"]), (str(acronym),) if acronym else (), str(file.get("produces") or "")
    for key, name in names["rights"].items():
        provisions = [p for _, rows in law.data["provisions"].get(key, ()) for p in rows]
        yield "Right", key, name, (), ", ".join(provisions)
    for key, tactic in law.data["tactics"].items():
        rights = ", ".join(names["rights"].get(right, right) for right in tactic["rights"])
        yield "Tactic", key, str(tactic["name"]), (), rights
