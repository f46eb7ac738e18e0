"""A source: who publishes it, what its files look like, and the module that reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any

import yaml

from graph.errors import UnknownId
from ingest.findings import Report
from ingest.snapshot import Snapshot
from ingest.statement import Statement

Parse = Callable[[Snapshot, Report], Iterator[Statement]]
Identify = Callable[[str, bytes], bool]


@dataclass(frozen=True, slots=True)
class Expect:
    """What a whole file of the source cannot be without; breaking it refuses the file."""

    records: int = 1  # at least so many in one load


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One publisher's data and its reader."""

    name: str
    title: str
    publisher: str
    licence: str
    url: str
    formats: tuple[str, ...]
    parse: Parse
    expect: Expect = field(default_factory=Expect)


@cache
def settings(name: str) -> Mapping[str, Any]:
    """The YAML file beside a source's module: facts about it and fixes made by hand."""
    text = (files("ingest") / "sources" / f"{name}.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found


def make(name: str, parse: Parse) -> Source:
    """The source of a module, from the facts in its YAML file."""
    facts = settings(name)
    return Source(
        name=name,
        title=facts["title"],
        publisher=facts["publisher"],
        licence=facts["licence"],
        url=facts["url"],
        formats=tuple(facts["formats"]),
        parse=parse,
        expect=Expect(**facts.get("expect", {})),
    )


def source_names() -> tuple[str, ...]:
    """The names of all sources, sorted: the modules of the folder that have a YAML file beside them."""
    folder = {entry.name for entry in (files("ingest") / "sources").iterdir()}
    return tuple(
        sorted(
            name.removesuffix(".py")
            for name in folder
            if name.endswith(".py") and f"{name.removesuffix('.py')}.yaml" in folder
        )
    )


def find_source(name: str) -> Source:
    """The source of that name. Raises UnknownId if there is none."""
    names = source_names()
    if name not in names:
        raise UnknownId("no source has this name; `recourse sources` lists them", field="source", value=name)
    found: Source = import_module(f"ingest.sources.{name}").SOURCE
    return found
