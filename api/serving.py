"""The web server: one worker, which says that it listens once it does, and stops when it has answered."""

import signal
import socket
from collections.abc import Callable
from threading import Thread
from types import FrameType
from typing import Any, Final
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

import uvicorn

from graph.errors import InputError

ASKED: Final = ("/", "/find", "/api/health")  # by `recourse serve --check`
SECONDS: Final = 30.0


def listen(host: str, port: int) -> socket.socket:
    """Take the port before anything slow happens.

    Raises: InputError when it is taken or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host.strip("[]"), port))
    except OSError as error:
        bound.close()
        raise InputError(
            f"port {port} of {host} cannot be used ({error.strerror}); give another one, or 0 for a free one",
            field="--port", value=port, code="port",
        ) from None  # fmt: skip
    return bound


class Server(uvicorn.Server):
    """A server that tells when it answers."""

    def __init__(self, config: uvicorn.Config, listening: Callable[[], None]) -> None:
        super().__init__(config)
        self.listening = listening

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop when what is being answered is answered; a second Ctrl-C stops at once. Either is the way to end."""
        if self.should_exit and sig == signal.SIGINT:
            self.force_exit = True
        self.should_exit = True

    async def startup(self, sockets: list[Any] | None = None) -> None:
        """Begin to answer, then say so."""
        await super().startup(sockets)
        if self.started:
            self.listening()


def ask_once(server: Server, bound: socket.socket, url: str) -> bool:
    """Serve until the application was asked whether it is well; print what it said, and return whether it is."""
    opener = build_opener(ProxyHandler({}))  # what listens here is asked directly
    well: list[bool] = []

    def ask() -> None:
        try:
            for path in ASKED:
                with opener.open(url + path, timeout=SECONDS) as answer:
                    body = answer.read()
                    print(f"GET {path}: {answer.status}, {len(body)} bytes", flush=True)
            print(body.decode(), flush=True)
            well.append(True)
        except (URLError, OSError) as error:
            print(f"GET {path}: {error}", flush=True)
        finally:
            server.should_exit = True

    asking = Thread(target=ask)
    told = server.listening

    def begin() -> None:
        told()
        asking.start()

    server.listening = begin
    server.run(sockets=[bound])
    return bool(well)
