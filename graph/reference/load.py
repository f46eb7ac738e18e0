"""Reads the shipped reference data: one file a forum and an instrument, the rest one file a thing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from graph.errors import ReferenceFault

ROOT = files("graph") / "reference"


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the C parser where it is built
    """YAML 1.2 as far as it matters: `on`, `no` and `yes` are words, dates stay text, only true and false are truth."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if not tag.endswith((":bool", ":timestamp"))]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])


def read_yaml(item: Traversable) -> Any:
    """One YAML file of the reference.

    Raises: ReferenceFault when it is not valid YAML.
    """
    try:
        return yaml.load(item.read_text(encoding="utf-8"), Loader)
    except yaml.YAMLError as error:
        raise ReferenceFault(f"is not valid YAML: {str(error).splitlines()[0]}", field=item.name) from error


def folder(name: str) -> Iterator[tuple[str, Any]]:
    """The files of a folder, by name: (stem, content)."""
    for item in sorted((ROOT / name).iterdir(), key=lambda f: f.name):
        if item.name.endswith(".yaml"):
            yield item.name.removesuffix(".yaml"), read_yaml(item)


def table(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO((ROOT / name).read_text(encoding="utf-8"), newline="")))


def by_id(name: str) -> dict[str, dict[str, Any]]:
    """A folder of files whose stem is their id.

    Raises: ReferenceFault when a file holds another id than its name.
    """
    found = {}
    for stem, content in folder(name):
        if not isinstance(content, dict) or content.get("id") != stem:
            raise ReferenceFault("holds another id than its file name", field=f"{name}/{stem}.yaml")
        found[stem] = content
    return found
