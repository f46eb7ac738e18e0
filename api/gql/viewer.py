"""Who asks: on this machine one local user, who may do everything."""

from typing import Any

from api.context import Context
from api.gql.enums import Role, Visibility
from api.gql.fields import Args
from api.gql.limits import COST


def viewer(rows: list[Any], context: Context, args: Args) -> list[Any]:
    """`viewer`. A server that is reached from elsewhere does not start, so that there is no other."""
    return [{"name": "local", "role": Role.STEWARD, "clearance": Visibility.RESTRICTED, "groups": [],
             "cost_limit": COST}]  # fmt: skip
