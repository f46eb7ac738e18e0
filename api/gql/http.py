"""`/graphql`: from bytes to a document, its limits, its answer and the status that goes with it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import orjson
from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    OperationDefinitionNode,
    SelectionSetNode,
    execute_sync,
    get_variable_values,
)
from graphql.execution.values import VariableValues

from api.context import Context
from api.errors import Fault, fault_of
from api.gql.documents import Documents, Operation, Refused
from api.gql.execute import run_plan
from api.gql.limits import COST, Price

JSON: Final = "application/json"
RESPONSE: Final = "application/graphql-response+json"
BODY: Final = 1_000_000  # bytes
_KEYS: Final = frozenset({"query", "documentId", "operationName", "variables", "extensions"})


class Reply(NamedTuple):
    """What is sent: status, type, body and headers."""

    status: int
    media: str
    body: bytes
    headers: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request in GraphQL's terms."""

    query: str | None
    document_id: str | None
    operation: str | None
    variables: Mapping[str, Any]
    hash: str | None  # of a query that is sent once and named afterwards


def read_body(body: bytes, media: str) -> Asked:
    """A POST.

    Raises: Fault, BAD_REQUEST, with status 413 or 415 where that says it better.
    """
    if media.partition(";")[0].strip().lower() != JSON:
        raise _refused("send the request as application/json", 415)
    if len(body) > BODY:
        raise _refused(f"the request is larger than {BODY} bytes", 413)
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise _refused("the body is not JSON; send an object with `query` and `variables`") from None
    if isinstance(given, list):
        raise _refused("several requests in one body are not answered; send them one by one")
    return _asked(given)


def read_address(params: Mapping[str, str]) -> Asked:
    """A GET, which names a stored document.

    Raises: Fault, BAD_REQUEST.
    """
    if set(params) - {"documentId", "variables", "operationName"} or "documentId" not in params:
        raise _refused("GET takes `documentId` and `variables` only; send everything else by POST")
    try:
        variables = orjson.loads(params["variables"]) if params.get("variables") else {}
    except orjson.JSONDecodeError:
        raise _refused("`variables` is not JSON") from None
    return _asked({"documentId": params["documentId"], "variables": variables,
                   "operationName": params.get("operationName")})  # fmt: skip


def _asked(given: Any) -> Asked:
    if not isinstance(given, dict) or set(given) - _KEYS:
        raise _refused("the body is not an object with `query` or `documentId`, `variables`, `operationName`")
    extensions = given.get("extensions")
    persisted = extensions.get("persistedQuery") if isinstance(extensions, dict) else None
    sha = None
    if persisted is not None:
        sha = persisted.get("sha256Hash") if isinstance(persisted, dict) and persisted.get("version") == 1 else None
        if not isinstance(sha, str):
            raise _refused("`extensions.persistedQuery` is not {version: 1, sha256Hash}")
    variables = given.get("variables")
    texts = [given.get(name) for name in ("query", "documentId", "operationName")]
    if not all(text is None or isinstance(text, str) for text in texts) or not isinstance(variables, dict | None):
        raise _refused("`query`, `documentId` and `operationName` are texts, `variables` is an object")
    query, document_id, operation = texts
    if (query is None and sha is None) == (document_id is None):
        raise _refused("send `query`, or `documentId`, one of them")
    return Asked(query, document_id, operation, variables or {}, sha)


def _refused(message: str, status: int = 400) -> Fault:
    fault = Fault("BAD_REQUEST", message)
    fault.status = status
    return fault


@dataclass(slots=True)
class Endpoint:
    """The endpoint: its documents, and how a context is made."""

    documents: Documents
    context: Callable[[], Context]

    def answer(self, read: Callable[[], Asked], accept: str, *, get: bool = False) -> Reply:
        """Answer one request; whatever goes wrong is an answer too."""
        began = time.perf_counter()
        context = self.context()
        cost: int | None = None
        try:
            asked = read()
            operation = self._operation(asked, get)
            variables = _variables(operation, asked.variables)
            cost = Price(operation.schema, operation.fragments, variables).of(operation.node)
            data, errors = self._run(operation, variables, context, asked)
            content: dict[str, Any] = {"data": data}
            if errors:
                content = {"errors": errors, **content}
            status = 200
        except Refused as refused:
            content, status = {"errors": refused.errors}, 400
        except Exception as error:  # the last resort: it becomes a code and a number
            fault = fault_of(error)
            cost = fault.extra.get("requested") if fault.code == "COST_LIMIT" else cost
            content = {"errors": [{"message": fault.message, "extensions": fault.extensions()}]}
            status = fault.status
        if cost is not None:
            content["extensions"] = {"cost": {"requested": cost, "limit": COST}}
        media = RESPONSE if _wants_response(accept) else JSON
        if media == JSON and status in (400, 404, 403, 401, 429):
            status = 200 if _is_graphql(content) else status
        took = 1000 * (time.perf_counter() - began)
        store = 1000 * sum(context.reads)
        timing = f'store;dur={store:.1f};desc="{len(context.reads)} reads", total;dur={took:.1f}'
        return Reply(status, media, orjson.dumps(content), {"Server-Timing": timing} if context.local else {})

    def _operation(self, asked: Asked, get: bool) -> Operation:
        documents = self.documents
        if asked.document_id is not None:
            text = documents.stored(asked.document_id)
        elif asked.hash is not None:
            text = documents.persisted(asked.hash, asked.query)
        else:
            assert asked.query is not None
            text = asked.query
        operation = documents.get(text).operation(asked.operation)
        if get and operation.has_free_text():
            raise _refused("a variable of this document can hold free text, which has no place in an address; use POST")
        return operation

    def _run(
        self, operation: Operation, variables: VariableValues, context: Context, asked: Asked
    ) -> tuple[Any, list[dict[str, Any]]]:
        plan = operation.plan(variables)
        data, errors = run_plan(plan, context, variables)
        if plan.meta and data is not None:
            data = {**data, **_introspect(operation, plan.meta, asked.variables)}
        return data, errors


def _introspect(operation: Operation, about: list[FieldNode], variables: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked about the schema itself."""
    node = operation.node
    alone = OperationDefinitionNode(
        operation=node.operation, name=node.name, variable_definitions=node.variable_definitions,
        directives=(), selection_set=SelectionSetNode(selections=tuple(about)),
    )  # fmt: skip
    document = DocumentNode(definitions=(alone, *operation.fragments.values()))
    result = execute_sync(operation.schema, document, variable_values=dict(variables))
    return result.data or {}


def _variables(operation: Operation, given: Mapping[str, Any]) -> VariableValues:
    found = get_variable_values(operation.schema, operation.node.variable_definitions or (), dict(given))
    if isinstance(found, list):
        raise Refused([{"message": error.message, "locations": _at(error), "extensions": {"code": "BAD_INPUT"}}
                       for error in found])  # fmt: skip
    return found


def _at(error: GraphQLError) -> list[dict[str, int]]:
    return [{"line": at.line, "column": at.column} for at in error.locations or ()]


def _wants_response(accept: str) -> bool:
    """Whether the newer type may be sent: it may unless only application/json is accepted."""
    kinds = [part.partition(";")[0].strip().lower() for part in accept.split(",") if part.strip()]
    return not kinds or RESPONSE in kinds or JSON not in kinds


def _is_graphql(content: Mapping[str, Any]) -> bool:
    """Whether the request was GraphQL at all: what was not keeps its status."""
    return all(error["extensions"]["code"] != "BAD_REQUEST" for error in content["errors"])
