"""Documents: parsed and checked once, kept by their text; the stored ones by their hash."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from threading import Lock
from typing import Any, Final

from graphql import (
    FragmentDefinitionNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    get_named_type,
    parse,
    type_from_ast,
    validate,
    visit,
)
from graphql import Visitor as AstVisitor
from graphql.execution.values import VariableValues

from api.errors import Fault
from api.gql.execute import told
from api.gql.limits import TOKENS, Shape, syntax_fault
from api.gql.plan import Plan, make_plan

KEPT: Final = 1_000  # documents in memory, of each sort
MOST_ERRORS: Final = 20
PLANS: Final = 16  # of one operation: values of @skip and @include
PLAIN: Final = {"ID", "Int", "Float", "Boolean", "Date", "PartialDate", "DateTime", "ISO3"}  # no free text


class Refused(Exception):
    """A document that is not run: the errors to tell."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        self.errors = errors
        super().__init__(errors[0]["message"])


@dataclass(eq=False, slots=True)
class Operation:
    """A valid operation with its plans."""

    schema: GraphQLSchema
    node: OperationDefinitionNode
    fragments: dict[str, FragmentDefinitionNode]
    flags: tuple[str, ...]  # the variables of its @skip and @include
    plans: OrderedDict[tuple[Any, ...], Plan] = field(default_factory=OrderedDict)

    def plan(self, variables: VariableValues) -> Plan:
        """The plan for these variables."""
        key = tuple(variables.coerced.get(name) for name in self.flags)
        found = self.plans.get(key)
        if found is None:
            assert self.schema.query_type
            found = make_plan(self.schema, self.fragments, self.schema.query_type, [self.node.selection_set], variables)
            while len(self.plans) >= PLANS:
                self.plans.popitem(last=False)
            self.plans[key] = found
        return found

    def has_free_text(self) -> bool:
        """Whether a variable could hold words that somebody wrote: such a document is not sent in an address."""
        kinds = (type_from_ast(self.schema, one.type) for one in self.node.variable_definitions or ())
        return any(_free(get_named_type(kind), set()) for kind in kinds if kind is not None)


def _free(kind: Any, seen: set[str]) -> bool:
    if isinstance(kind, GraphQLInputObjectType):
        if kind.name in seen:
            return False
        seen.add(kind.name)
        return any(_free(get_named_type(one.type), seen) for one in kind.fields.values())
    return not isinstance(kind, GraphQLEnumType) and kind.name not in PLAIN


@dataclass(eq=False, slots=True)
class Document:
    """A valid document."""

    operations: dict[str, Operation]

    def operation(self, name: str | None) -> Operation:
        """The operation that is meant.

        Raises: Fault, BAD_REQUEST, when that is not clear.
        """
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        if name is None:
            raise Fault("BAD_REQUEST", "the document has several operations; name one as `operationName`")
        found = self.operations.get(name)
        if found is None:
            raise Fault("BAD_REQUEST", "the document has no operation of the name in `operationName`")
        return found


class _Flags(AstVisitor):
    """Collects the variables that decide what is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, None] = {}

    def enter_directive(self, node: Any, *_: Any) -> None:
        """Note the variable of a directive."""
        for argument in node.arguments:
            if isinstance(argument.value, VariableNode):
                self.found[argument.value.name.value] = None


def check(schema: GraphQLSchema, text: str) -> Document:
    """Parse and check a document.

    Raises: Refused, with every error; Fault for a limit.
    """
    try:
        tree = parse(text, max_tokens=TOKENS)
        fragments = {d.name.value: d for d in tree.definitions if isinstance(d, FragmentDefinitionNode)}
        operations = [d for d in tree.definitions if isinstance(d, OperationDefinitionNode)]
        for one in operations:
            Shape(fragments).check(one)
        errors = validate(schema, tree, max_errors=MOST_ERRORS)
    except GraphQLError as error:
        raise syntax_fault(error) or Refused([told(error, "GRAPHQL_PARSE_FAILED")]) from None
    except RecursionError:
        raise Fault("DEPTH_LIMIT", "the document is nested too deeply to be read") from None
    if errors:
        raise Refused([told(error, "GRAPHQL_VALIDATION_FAILED") for error in errors])
    for one in operations:
        if one.operation is not OperationType.QUERY:  # a schema without mutations has refused it before
            raise Fault("BAD_REQUEST", "only queries are answered here")
    seen = _Flags()
    visit(tree, seen)
    flags = tuple(seen.found)
    return Document(
        {one.name.value if one.name else "": Operation(schema, one, fragments, flags) for one in operations}
    )


class Documents:
    """What was checked before, what ships with the program, and what was sent with its hash."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema
        self._checked: OrderedDict[str, Document] = OrderedDict()
        self._registered: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    def get(self, text: str) -> Document:
        """The checked document of a text."""
        with self._lock:
            found = self._checked.get(text)
            if found is not None:
                self._checked.move_to_end(text)
                return found
        found = check(self.schema, text)
        with self._lock:
            self._checked[text] = found
            while len(self._checked) > KEPT:
                self._checked.popitem(last=False)
        return found

    def stored(self, name: str) -> str:
        """The text that `documentId` names.

        Raises: Fault, PERSISTED_QUERY_NOT_FOUND.
        """
        text = stored_documents().get(name)
        if text is None:
            raise Fault("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
        return text

    def persisted(self, sha256: str, text: str | None) -> str:
        """The text of a hash; a text that comes with its hash is kept.

        Raises: Fault, PERSISTED_QUERY_NOT_FOUND, or BAD_REQUEST when text and hash differ.
        """
        with self._lock:
            if text is None:
                known = self._registered.get(sha256)
                if known is None:
                    raise Fault("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
                self._registered.move_to_end(sha256)
                return known
            if digest(text) != sha256:
                raise Fault("BAD_REQUEST", "`sha256Hash` is not the SHA-256 of `query`; send the hash of this text")
            self._registered[sha256] = text
            while len(self._registered) > KEPT:
                self._registered.popitem(last=False)
            return text


def digest(text: str) -> str:
    """The SHA-256 of a document, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=1)
def stored_documents() -> dict[str, str]:
    """The documents that ship with the program, by `sha256:…`."""
    texts = (one.read_text("utf-8") for one in files("api").joinpath("operations").iterdir()
             if one.name.endswith(".graphql"))  # fmt: skip
    return {f"sha256:{digest(text)}": text for text in texts}
