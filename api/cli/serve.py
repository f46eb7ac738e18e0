"""`recourse serve`: GraphQL and REST on this machine"""

from __future__ import annotations

import socket
from ipaddress import ip_address

import click

from api.cli.forums import ready
from api.terminal import Terminal
from graph.errors import HomeMissing, InputError


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; loopback only.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port; a free one when 0.")
@click.option("--check", is_flag=True, help="Ask the application once whether it is well, and end.")
@click.pass_obj
def serve(terminal: Terminal, host: str, port: int, check: bool) -> int:
    """Serve the pages at /, GraphQL at /graphql and REST under /api, to this machine alone.

    Prints `listening on http://127.0.0.1:PORT` once it answers; Ctrl-C lets what is being answered finish. The data
    stay on this machine and no request goes to any other.
    """
    check_host(host, terminal.settings.published)
    import uvicorn

    from api.app import create_app
    from api.serving import Server, ask_once, listen
    from graph.store.open import open_store
    from graph.store.rebuild import level

    finder = ready(terminal)  # an error about the data folder comes before the port is taken
    with listen(host, port) as bound, open_store(terminal.settings) as store:
        built = level(store)
        if not built.version:
            raise HomeMissing("the graph was never built; run `recourse rebuild` once", field="graph")
        if built.law != finder.law.hash or not built.finished:
            terminal.note("the graph is not level with the law in force; stop and run `recourse rebuild`")
        app = create_app(
            terminal.settings,
            store,
            ready=lambda known_on: ready(terminal, known_on) if known_on else finder,
            today=terminal.today,
        )
        config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False, lifespan="off",
                                timeout_graceful_shutdown=10)  # fmt: skip
        server = Server(config, lambda: print(f"listening on {address(bound)}", flush=True))
        if check:
            return 0 if ask_once(server, bound, address(bound)) else 1
        server.run(sockets=[bound])
    return 0


def check_host(host: str, published: str = "") -> None:
    """Refuse any address but this machine's own: who asks from elsewhere cannot be told apart yet.

    Inside a container whose port is published on loopback alone (RECOURSE_PUBLISHED), any address of the container.
    Raises: InputError.
    """
    if host == "localhost":
        return
    if published not in ("", "loopback"):
        raise InputError(
            f"{published[:60]!r} is not known; write loopback, or nothing",
            field="RECOURSE_PUBLISHED", value=published, code="published",
        )  # fmt: skip
    if published == "loopback" and host == "0.0.0.0":  # the container's own
        return
    try:
        loopback = ip_address(host.strip("[]")).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise InputError(
            f"{host[:60]!r} can be reached by others, and there is no authentication yet; use 127.0.0.1, and a tunnel "
            "such as `ssh -L` from elsewhere",
            field="--host", value=host, code="host",
        )  # fmt: skip


def address(bound: socket.socket) -> str:
    """The URL of a socket that is listened on."""
    name, port = bound.getsockname()[:2]
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
