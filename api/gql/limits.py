"""What a document may ask for, decided before anything runs: depth, aliases, tokens, and a cost known from its text.

The cost is the sum of each field's weight times the sizes of the lists above it. It comes from the document and the
variables, never from data. Fragments count where they are spread; each is looked at once for each size of page above
it, so that a short document cannot make a long count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    is_composite_type,
    is_list_type,
    is_non_null_type,
)
from graphql.execution.values import VariableValues, get_argument_values

from api.errors import Fault, bad_input
from api.gql.fields import Cost, ListSize

DEPTH: Final = 12
ALIASES: Final = 30
TOKENS: Final = 2_000
COST: Final = 20_000
PAGE: Final = 20  # rows of a page when neither `first` nor `last` is given
LARGEST_PAGE: Final = 100
IDS: Final = 100
CASES: Final = 50
LISTED: Final = 5  # items of a list of which nothing else is known
LARGEST: Final = 10**9  # no count is told beyond this: fragments of fragments can double it at will
INTROSPECTION: Final = ("__schema", "__type")
COUNTED: Final = {"nodes": "ids", "batch": "cases", "forums": "forum"}  # lists as long as an argument
Fragments = Mapping[str, FragmentDefinitionNode]


@dataclass(slots=True)
class Shape:
    """How deep a document is and how many aliases it has, counted through fragments."""

    fragments: Fragments
    known: dict[str, tuple[int, int]] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)

    def check(self, operation: OperationDefinitionNode) -> None:
        """Raises: Fault, DEPTH_LIMIT or ALIAS_LIMIT."""
        depth, aliases = self._measure(operation.selection_set, top=True)
        if depth > DEPTH:
            raise Fault("DEPTH_LIMIT", f"the document is {depth} levels deep; at most {DEPTH} are answered, ask "
                        "for the rest by id in another request", requested=depth, limit=DEPTH)  # fmt: skip
        if aliases > ALIASES:
            raise Fault("ALIAS_LIMIT", f"the document has {aliases} aliases; at most {ALIASES} are answered, send the "
                        "rest in another request", requested=aliases, limit=ALIASES)  # fmt: skip

    def _measure(self, selections: SelectionSetNode, *, top: bool = False) -> tuple[int, int]:
        depth = aliases = 0
        for node in selections.selections:
            if isinstance(node, FieldNode):
                if top and node.name.value in INTROSPECTION:
                    continue
                below, more = self._measure(node.selection_set) if node.selection_set else (0, 0)
                depth, aliases = max(depth, below + 1), aliases + more + (node.alias is not None)
                continue
            if isinstance(node, FragmentSpreadNode):
                below, more = self._fragment(node.name.value, top)
            elif isinstance(node, InlineFragmentNode):
                below, more = self._measure(node.selection_set, top=top)
            depth, aliases = max(depth, below), aliases + more
        return depth, min(aliases, LARGEST)

    def _fragment(self, name: str, top: bool) -> tuple[int, int]:
        if name not in self.fragments or name in self.open:  # validation tells of both
            return 0, 0
        if name not in self.known:
            self.open.add(name)
            self.known[name] = self._measure(self.fragments[name].selection_set, top=top)
            self.open.discard(name)
        return self.known[name]


@dataclass(slots=True)
class Price:
    """What a valid operation costs with these variables."""

    schema: GraphQLSchema
    fragments: Fragments
    variables: VariableValues
    known: dict[tuple[str, int], int] = field(default_factory=dict)

    def of(self, operation: OperationDefinitionNode) -> int:
        """The cost.

        Raises: Fault, BAD_INPUT for a page or a list that is too long, COST_LIMIT.
        """
        assert self.schema.query_type
        cost = self._sum(operation.selection_set, self.schema.query_type, PAGE, top=True)
        if cost > COST:
            raise Fault("COST_LIMIT", f"the request costs {cost}; at most {COST} is answered, ask for smaller pages or "
                        "fewer levels", requested=cost, limit=COST)  # fmt: skip
        return cost

    def _sum(self, selections: SelectionSetNode, kind: Any, page: int, *, top: bool = False) -> int:
        """The cost below one object of a type; `page` is the size of its `edges`."""
        total = 0
        for node in selections.selections:
            if isinstance(node, FieldNode):
                if not node.name.value.startswith("__"):
                    total += self._field(node, kind.fields[node.name.value], page)
            elif isinstance(node, FragmentSpreadNode):
                total += self._spread(node.name.value, page)
            elif isinstance(node, InlineFragmentNode):
                on = node.type_condition
                inner = self.schema.type_map[on.name.value] if on else kind
                total += self._sum(node.selection_set, inner, page, top=top)
        return min(total, LARGEST)

    def _spread(self, name: str, page: int) -> int:
        if (name, page) not in self.known:
            fragment = self.fragments[name]
            kind = self.schema.type_map[fragment.type_condition.name.value]
            self.known[name, page] = self._sum(fragment.selection_set, kind, page)
        return self.known[name, page]

    def _field(self, node: FieldNode, definition: GraphQLField, page: int) -> int:
        name = node.name.value
        named = get_named_type(definition.type)
        given = get_argument_values(definition, node, self.variables) if definition.args else {}
        directives = definition.extensions["strawberry-definition"].directives
        weight = next((d.weight for d in directives if isinstance(d, Cost)), 1 if is_composite_type(named) else 0)
        size, itself = self._size(name, definition, given, directives, page)
        below_page = page_size(given, name) if "first" in definition.args else PAGE
        below = self._sum(node.selection_set, named, below_page) if node.selection_set else 0
        return weight * itself + size * below

    def _size(
        self, name: str, definition: GraphQLField, given: Mapping[str, Any], directives: Any, page: int
    ) -> tuple[int, int]:
        """How many items the field holds, and how many times it weighs itself."""
        kind = definition.type.of_type if is_non_null_type(definition.type) else definition.type
        if not is_list_type(kind):
            return 1, 1
        counted = COUNTED.get(name, "")
        if counted and isinstance(given.get(counted), list):
            length = len(given[counted])
            most = {"ids": IDS, "cases": CASES}.get(counted)
            if most is not None and length > most:
                raise bad_input(f"holds {length} entries; at most {most} are answered at once", field=counted)
            return length, max(length, 1)
        if name == "edges":
            return page, 1
        assumed = next((d.assumed_size for d in directives if isinstance(d, ListSize)), LISTED)
        return assumed, 1


def page_size(given: Mapping[str, Any], field_name: str) -> int:
    """How many rows a page has.

    Raises: Fault, BAD_INPUT.
    """
    first, last = given.get("first"), given.get("last")
    if first is not None and last is not None:
        raise bad_input(f"{field_name}: give `first` or `last`, not both", field="first")
    name, size = ("last", last) if last is not None else ("first", first)
    if size is None:
        return PAGE
    if not 0 <= size <= LARGEST_PAGE:
        raise bad_input(f"{field_name}: a page has from 0 to {LARGEST_PAGE} rows; walk on with `after`", field=name,
                        value=size)  # fmt: skip
    return int(size)


def syntax_fault(error: GraphQLError) -> Fault | None:
    """The token limit, when that is what the parser stumbled over."""
    if f"more than {TOKENS} tokens" in error.message:
        return Fault("TOKEN_LIMIT", f"the document has more than {TOKENS} tokens; send it in parts", limit=TOKENS)
    return None
