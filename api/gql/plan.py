"""A checked document as a plan: for each level and type, which fields, from where, under which name.

A plan is made once for an operation and the values of its `@skip` and `@include` variables, and is then run for any
variables. Fields of several types that come from one declaration of an interface are one field: they are read together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionSetNode,
    get_directive_values,
    get_named_type,
    is_abstract_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)
from graphql import GraphQLIncludeDirective as INCLUDE
from graphql import GraphQLSkipDirective as SKIP
from graphql.execution.values import VariableValues, get_argument_values

from api.gql.fields import Each, Many

FIELDS: Final = "fields of the answer"  # among the arguments of a `many`: the names of what is selected below it
META: Final = frozenset({"__schema", "__type"})
Key = tuple[Any, ...]


@dataclass(eq=False, slots=True)
class FieldPlan:
    """One field: where its value comes from and what is done with it."""

    key: str  # in the answer
    nodes: tuple[FieldNode, ...]
    definition: GraphQLField
    column: str = ""
    each: Each | None = None
    many: Many | None = None
    constant: str = ""  # of `__typename`
    required: bool = False  # null is an error
    listed: bool = False
    item_required: bool = False
    names: Mapping[Any, str] | None = None  # of an enum: the name of each value
    below: Selection | None = None

    def arguments(self, variables: VariableValues) -> dict[str, Any]:
        """The arguments of this call, and what is selected below."""
        given = get_argument_values(self.definition, self.nodes[0], variables)
        if self.below is not None:
            given[FIELDS] = self.below.selected()
        return given


@dataclass(eq=False, slots=True)
class Selection:
    """What is selected of an object, an interface or a union: a list of fields for each object type."""

    plan: Plan
    types: tuple[GraphQLObjectType, ...]
    sets: tuple[SelectionSetNode, ...]
    made: dict[str, list[FieldPlan]] = field(default_factory=dict)
    shared: dict[Key, FieldPlan] = field(default_factory=dict)
    names: frozenset[str] | None = None

    def of(self, name: str) -> list[FieldPlan]:
        """The fields of one object type."""
        found = self.made.get(name)
        if found is None:
            kind = self.plan.schema.type_map[name]
            assert isinstance(kind, GraphQLObjectType)
            found = []
            for key, nodes in self.plan.collect(kind, self.sets).items():
                if nodes[0].name.value in META:
                    self.plan.meta += nodes
                else:
                    found.append(self._field(kind, key, nodes))
            self.made[name] = found
        return found

    def selected(self) -> frozenset[str]:
        """The names of all fields that are selected of any type."""
        if self.names is None:
            self.names = frozenset(f.nodes[0].name.value for kind in self.types for f in self.of(kind.name))
        return self.names

    def _field(self, kind: GraphQLObjectType, key: str, nodes: tuple[FieldNode, ...]) -> FieldPlan:
        if nodes[0].name.value == "__typename":
            return FieldPlan(key, nodes, TYPENAME, constant=kind.name)
        definition = kind.fields[nodes[0].name.value]
        declared = definition.extensions["strawberry-definition"]
        source = declared.metadata
        same = (key, *map(id, nodes), id(source.get("many") or source.get("each")), source.get("column"),
                declared.python_name, str(definition.type))  # fmt: skip
        found = self.shared.get(same)
        if found is None:
            found = self.plan.field(key, nodes, definition)
            self.shared[same] = found
        return found


TYPENAME: Final = GraphQLField(GraphQLEnumType("__Typename", {"name": None}))  # only its place is used


@dataclass(eq=False, slots=True)
class Plan:
    """An operation, ready to run."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    flags: VariableValues  # of @skip and @include
    root: Selection = field(init=False)
    meta: list[FieldNode] = field(default_factory=list)  # what is asked about the schema itself

    def collect(self, kind: GraphQLObjectType, sets: Iterable[SelectionSetNode]) -> dict[str, tuple[FieldNode, ...]]:
        """The fields of an object type by their key in the answer, in the order of the document."""
        found: dict[str, list[FieldNode]] = {}
        visited: set[str] = set()
        for one in sets:
            self._collect(kind, one, found, visited)
        return {key: tuple(nodes) for key, nodes in found.items()}

    def _collect(
        self, kind: GraphQLObjectType, one: SelectionSetNode, found: dict[str, list[FieldNode]], visited: set[str]
    ) -> None:
        for node in one.selections:
            if node.directives and not self._wanted(node):
                continue
            if isinstance(node, FieldNode):
                found.setdefault(node.alias.value if node.alias else node.name.value, []).append(node)
                continue
            fragment: FragmentDefinitionNode | InlineFragmentNode
            if isinstance(node, FragmentSpreadNode):
                if node.name.value in visited:
                    continue
                visited.add(node.name.value)
                fragment = self.fragments[node.name.value]
            else:
                assert isinstance(node, InlineFragmentNode)
                fragment = node
            if fragment.type_condition is None or self._fits(kind, fragment.type_condition.name.value):
                self._collect(kind, fragment.selection_set, found, visited)

    def _fits(self, kind: GraphQLObjectType, name: str) -> bool:
        if name == kind.name:
            return True
        other = self.schema.type_map[name]
        return is_abstract_type(other) and self.schema.is_sub_type(other, kind)

    def _wanted(self, node: Any) -> bool:
        skip = get_directive_values(SKIP, node, self.flags)
        include = get_directive_values(INCLUDE, node, self.flags)
        return not (skip and skip["if"]) and not (include is not None and not include["if"])

    def field(self, key: str, nodes: tuple[FieldNode, ...], definition: GraphQLField) -> FieldPlan:
        """The plan of one field and, below it, of what it holds."""
        declared = definition.extensions["strawberry-definition"]
        source = declared.metadata
        made = FieldPlan(key, nodes, definition, source.get("column") or declared.python_name,
                         source.get("each"), source.get("many"))  # fmt: skip
        kind: Any = definition.type
        made.required = is_non_null_type(kind)
        kind = kind.of_type if made.required else kind
        made.listed = is_list_type(kind)
        if made.listed:
            kind = kind.of_type
            made.item_required = is_non_null_type(kind)
        kind = get_named_type(kind)
        if isinstance(kind, GraphQLEnumType):
            made.names = {str(value.value): name for name, value in kind.values.items()}
        elif is_object_type(kind) or is_abstract_type(kind):
            sets = tuple(node.selection_set for node in nodes if node.selection_set)
            types = (kind,) if is_object_type(kind) else _possible(self.schema, kind)
            made.below = Selection(self, types, sets)
        return made


def _possible(schema: GraphQLSchema, kind: Any) -> tuple[GraphQLObjectType, ...]:
    return tuple(schema.get_possible_types(kind))


def make_plan(
    schema: GraphQLSchema,
    fragments: Mapping[str, FragmentDefinitionNode],
    root: GraphQLObjectType,
    sets: Sequence[SelectionSetNode],
    flags: VariableValues,
) -> Plan:
    """The plan of an operation."""
    plan = Plan(schema, fragments, flags)
    plan.root = Selection(plan, (root,), tuple(sets))
    return plan
