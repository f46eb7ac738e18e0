"""Runs a plan level by level: each field once for all rows of its level, so that a read serves a hundred rows as one.

Rows are plain mappings from the store; a row of an interface or a union tells its type under `__typename`. What a field
cannot give is a `Fault` in place of its value: it becomes an error at its path, and null as far up as the types say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from graphql import GraphQLError, get_location
from graphql.execution.values import VariableValues

from api.context import Context
from api.errors import Fault, fault_of, fault_of_null
from api.gql.plan import FieldPlan, Plan, Selection

DEAD: Final = object()  # in place of a row in which a field that may not be null is null
Errors = list[dict[str, Any]]


@dataclass(slots=True)
class Level:
    """The rows of one level: where each came from."""

    above: Level | None = None
    key: str = ""
    owners: Sequence[int] = ()  # for each row, which row of the level above holds it
    listed: bool = False

    def path(self, row: int) -> list[str | int]:
        """The path of a row in the answer."""
        if self.above is None:
            return []
        owner = self.owners[row]
        steps: list[str | int] = [*self.above.path(owner), self.key]
        if self.listed:
            steps.append(row - self.owners.index(owner))
        return steps


@dataclass(slots=True)
class Run:
    """One execution."""

    context: Context
    variables: VariableValues
    errors: Errors = field(default_factory=list)

    def rows(self, selection: Selection, rows: list[Any], level: Level) -> list[Any]:
        """What is selected of each row."""
        if len(selection.types) == 1:
            fields = selection.of(selection.types[0].name)
            dead: set[int] = set()
            columns = [self.column(one, rows, level, None, dead) for one in fields]
            keys = [one.key for one in fields]
            if not fields:  # all was left out
                return [{} for _ in rows]
            made: list[Any] = [dict(zip(keys, values, strict=True)) for values in zip(*columns, strict=True)]
            for row in dead:
                made[row] = DEAD
            return made
        return self._mixed(selection, rows, level)

    def _mixed(self, selection: Selection, rows: list[Any], level: Level) -> list[Any]:
        """Rows of several types: a field that several types share is worked out once for all of them."""
        kinds = [row["__typename"] for row in rows]
        plans = {kind: selection.of(kind) for kind in dict.fromkeys(kinds)}
        dead: set[int] = set()
        columns: dict[FieldPlan, dict[int, Any]] = {}
        for one in dict.fromkeys(one for fields in plans.values() for one in fields):
            at = [n for n, kind in enumerate(kinds) if one in plans[kind]]
            lost: set[int] = set()
            values = self.column(one, [rows[n] for n in at], level, at, lost)
            columns[one] = dict(zip(at, values, strict=True))
            dead.update(at[n] for n in lost)
        return [
            DEAD if n in dead else {one.key: columns[one][n] for one in plans[kind]} for n, kind in enumerate(kinds)
        ]

    def column(self, one: FieldPlan, rows: list[Any], level: Level, at: list[int] | None, dead: set[int]) -> list[Any]:
        """The values of one field. `at` says which rows of the level these are; `dead` takes those that are lost."""
        if one.constant:
            return [one.constant] * len(rows)
        if one.many is not None:
            values = self._many(one, rows)
            if one.listed:
                values = [self._items(one, value, level, at[n] if at else n) for n, value in enumerate(values)]
            if any(isinstance(value, Fault) for value in values):
                values = self._report(one, values, level, at)
                return self._complete(one, values, level, at, dead, silent=True)
        elif one.each is not None:
            make = one.each
            values = [make(row) for row in rows]
        else:
            key = one.column
            values = [row.get(key) for row in rows]
        return self._complete(one, values, level, at, dead)

    def _many(self, one: FieldPlan, rows: list[Any]) -> list[Any]:
        assert one.many is not None
        try:
            self.context.left()
            values = one.many(rows, self.context, one.arguments(self.variables))
        except Exception as error:  # whatever it was is told at the path of the field, as its code
            return [fault_of(error)] * len(rows)
        assert len(values) == len(rows), one.key
        return values

    def _items(self, one: FieldPlan, value: Any, level: Level, row: int) -> Any:
        """A list whose faults are told at their places."""
        if not isinstance(value, list) or not any(isinstance(item, Fault) for item in value):
            return value
        for place, item in enumerate(value):
            if isinstance(item, Fault):
                self.errors.append(error_of(item, one, [*level.path(row), one.key, place]))
        return [None if isinstance(item, Fault) else item for item in value]

    def _report(self, one: FieldPlan, values: list[Any], level: Level, at: list[int] | None) -> list[Any]:
        for n, value in enumerate(values):
            if isinstance(value, Fault):
                self.fail(value, one, level.path(at[n] if at else n))
        return [None if isinstance(value, Fault) else value for value in values]

    def fail(self, fault: Fault, one: FieldPlan, path: list[str | int]) -> None:
        """Note an error at the path of a field."""
        self.errors.append(error_of(fault, one, [*path, one.key]))

    def _complete(
        self,
        one: FieldPlan,
        values: list[Any],
        level: Level,
        at: list[int] | None,
        dead: set[int],
        silent: bool = False,
    ) -> list[Any]:
        if one.below is not None:
            made = self._objects(one, values, level, at)
        elif one.names is not None:
            names = one.names
            if one.listed:
                made = [None if value is None else [names[item] for item in value] for value in values]
            else:
                made = [None if value is None else names[value] for value in values]
        else:
            made = values
        if one.required:
            for n, value in enumerate(made):
                if value is None or value is DEAD:
                    dead.add(n)
                    if value is None and not silent:
                        self.fail(fault_of_null(one.nodes[0].name.value), one, level.path(at[n] if at else n))
        elif one.below is not None:
            made = [None if value is DEAD else value for value in made]
        return made

    def _objects(self, one: FieldPlan, values: list[Any], level: Level, at: list[int] | None) -> list[Any]:
        """Complete the objects that the values are, or hold in lists: all of them as one level."""
        assert one.below is not None
        place: Sequence[int] = at if at is not None else range(len(values))
        if not one.listed:
            here = [n for n, value in enumerate(values) if value is not None]
            if not here:
                return values
            below = Level(level, one.key, [place[n] for n in here])
            made = self.rows(one.below, [values[n] for n in here], below)
            if len(here) == len(values):
                return made
            full: list[Any] = [None] * len(values)
            for n, value in zip(here, made, strict=True):
                full[n] = value
            return full
        flat = [item for value in values if value is not None for item in value]
        if not flat:
            return values
        owners = [place[n] for n, value in enumerate(values) if value is not None for _ in value]
        if None in flat:
            return self._gappy(one, values, flat, Level(level, one.key, owners, True))
        made = self.rows(one.below, flat, Level(level, one.key, owners, True))
        return _regrouped(one, values, made)

    def _gappy(self, one: FieldPlan, values: list[Any], flat: list[Any], level: Level) -> list[Any]:
        """A list in which some items are not there: an item may be null (`nodes`), or its `Fault` was told above."""
        assert one.below is not None
        here = [n for n, item in enumerate(flat) if item is not None]
        sub = Level(level, "", here)  # a level of the same rows, some left out
        made: list[Any] = [None] * len(flat)
        for n, value in zip(here, self.rows(one.below, [flat[n] for n in here], _Thinned(level, sub)), strict=True):
            made[n] = value
        return _regrouped(one, values, made)


class _Thinned(Level):
    """A level with some rows left out; paths are those of the whole one."""

    def __init__(self, whole: Level, kept: Level) -> None:
        super().__init__(whole.above, whole.key, [whole.owners[n] for n in kept.owners], whole.listed)
        self._whole, self._kept = whole, kept.owners

    def path(self, row: int) -> list[str | int]:
        """The path of a row in the answer."""
        return self._whole.path(self._kept[row])


def _regrouped(one: FieldPlan, values: list[Any], made: list[Any]) -> list[Any]:
    out: list[Any] = []
    start = 0
    for value in values:
        if value is None:
            out.append(None)
            continue
        items = made[start : start + len(value)]
        start += len(value)
        if DEAD in items:
            items = items if one.item_required else [None if item is DEAD else item for item in items]
            out.append(DEAD if one.item_required else items)
        else:
            out.append(items)
    return out


def error_of(fault: Fault, one: FieldPlan, path: list[str | int]) -> dict[str, Any]:
    """The documented form of an error at a field."""
    return {"message": fault.message, "locations": locations(one.nodes), "path": path,
            "extensions": fault.extensions()}  # fmt: skip


def locations(nodes: Sequence[Any]) -> list[dict[str, int]]:
    """Where nodes stand in the document."""
    found = [get_location(node.loc.source, node.loc.start) for node in nodes if node.loc]
    return [{"line": at.line, "column": at.column} for at in found]


def told(error: GraphQLError, code: str) -> dict[str, Any]:
    """The documented form of an error that was found before anything ran."""
    where = [{"line": at.line, "column": at.column} for at in error.locations or ()]
    return {"message": error.message, "locations": where, "path": error.path, "extensions": {"code": code}}


def run_plan(plan: Plan, context: Context, variables: VariableValues) -> tuple[Mapping[str, Any] | None, Errors]:
    """Execute an operation; returns its data and errors."""
    run = Run(context, variables)
    data = run.rows(plan.root, [{}], Level())[0]
    return (None if data is DEAD else data), run.errors
