"""A real Neo4j on a free port of this machine, from its published jars: for the tests, and for `make neo4j`.

Java and Maven are all that it needs; where they are missing and apt-get may install them, it does. The jars (about
140 MB) are kept in .neo4j/ of the checkout. The server asks for a password, which is made up at each start.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
JARS = HERE.parent.parent / ".neo4j"
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
GDS_VERSION = "2.13.9"
JAVA_OPENS = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch", "java.base/java.util.concurrent")
START_SECONDS = 300  # a few on an idle machine; more than a minute on one that is busy


class Missing(Exception):
    """Java or Maven is not there and cannot be installed."""


def _end_with_parent() -> None:
    """Ask Linux to end this process when the one that started it ends, however that happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def tools() -> None:
    """See that Java 17 or later and Maven are there, or install them.

    Raises: Missing.
    """
    if shutil.which("java") and shutil.which("mvn") and _java_version() >= 17:
        return
    if os.name != "posix" or not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Missing("a Neo4j for the tests needs Java 17 and Maven, and apt-get cannot install them here")
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "openjdk-17-jre-headless", "maven"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not shutil.which("java") or not shutil.which("mvn"):
        raise Missing(f"apt-get could not install Java and Maven: {done.stderr.strip()[-300:]}")


def _java_version() -> int:
    done = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False)
    match = re.search(r'version "(\d+)', done.stderr)
    return int(match[1]) if match else 0


def jars() -> Path:
    """Return the folder with the jars, fetched by Maven the first time.

    Raises: Missing when Maven cannot fetch them.
    """
    if (JARS / "complete").exists():
        return JARS
    tools()
    for name in ("server", "gds"):
        command = ["mvn", "-q", "-B", "-f", str(HERE / f"{name}.xml"), PLUGIN]
        command += [f"-DoutputDirectory={JARS / name}", "-DincludeScope=runtime"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Missing(f"Maven could not fetch Neo4j: {done.stdout.strip()[-300:]}")
    held = {_stem(jar) for jar in (JARS / "server").glob("*.jar")}
    for jar in (JARS / "gds").glob("*.jar"):
        # What the server brings too would clash; the modules of Graph Data Science itself all stay.
        if _stem(jar) in held and not jar.name.endswith(f"-{GDS_VERSION}.jar"):
            jar.unlink()
    (JARS / "complete").touch()
    return JARS


def _stem(jar: Path) -> str:
    return re.sub(r"-\d[\w.]*(-[\d.]+)?\.jar$", "", jar.name)


class Server:
    """One server with its own folder. `address` and `password` open it for the user neo4j."""

    def __init__(self, home: Path, *, certificate: tuple[Path, Path] | None = None) -> None:
        """Prepare a server; `certificate` is a private key and a certificate, both PEM, and makes it ask for TLS."""
        self.home, self.port, self.certificate = home, free_port(), certificate
        self.password = secrets.token_urlsafe(12)
        self._process: subprocess.Popen[bytes] | None = None
        self._named = False  # whether the password was set

    @property
    def address(self) -> str:
        """Return the address without TLS."""
        return f"bolt://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers.

        Raises: Missing; RuntimeError with the end of the log when it does not answer.
        """
        libraries = jars()
        for name in ("conf", "data", "logs", "run", "import"):
            (self.home / name).mkdir(parents=True, exist_ok=True)
        (self.home / "conf" / "neo4j.conf").write_text(self._configuration(libraries), "utf-8")
        opens = [f"--add-opens={module}=ALL-UNNAMED" for module in JAVA_OPENS]
        options = ["-Xms256m", "-Xmx768m", "-XX:+UseG1GC", "-Dlog4j2.disable.jmx=true", *opens]
        places = ["-cp", f"{libraries}/server/*:{libraries}/gds/*", "org.neo4j.server.CommunityEntryPoint"]
        places += [f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}", "--console-mode"]
        with (self.home / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                ["java", *options, *places], stdout=log, stderr=log, start_new_session=True
            )
        self._wait()
        if not self._named:
            self._set_password()
            self._named = True

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it in order."""
        self._end(signal.SIGTERM)

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Let it hang inside the block: it holds its connections and answers nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            try:
                self._process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def _configuration(self, libraries: Path) -> str:
        lines = [f"server.directories.{name}={self.home / name}" for name in ("data", "logs", "run", "import")]
        lines += [
            f"server.directories.plugins={libraries / 'gds'}",
            f"server.bolt.listen_address=127.0.0.1:{self.port}",
            f"server.bolt.advertised_address=127.0.0.1:{self.port}",
            "server.http.enabled=false",
            "server.https.enabled=false",
            "dbms.security.auth_enabled=true",
            "dbms.security.auth_max_failed_attempts=0",
            "dbms.security.procedures.unrestricted=gds.*",
            "dbms.usage_report.enabled=false",
            "server.memory.pagecache.size=128m",
        ]
        if self.certificate:
            key, certificate = self.certificate
            lines += [
                "server.bolt.tls_level=REQUIRED",
                "dbms.ssl.policy.bolt.enabled=true",
                f"dbms.ssl.policy.bolt.base_directory={key.parent}",
                f"dbms.ssl.policy.bolt.private_key={key.name}",
                f"dbms.ssl.policy.bolt.public_certificate={certificate.name}",
                "dbms.ssl.policy.bolt.client_auth=NONE",
            ]
        return "\n".join(lines) + "\n"

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self._process is not None
            if self._process.poll() is not None:
                break
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                if b"Started." in (self.home / "server.log").read_bytes()[-4000:]:
                    return
            time.sleep(0.2)
        tail = (self.home / "server.log").read_text("utf-8", "replace")[-1500:]
        self.kill()
        raise RuntimeError(f"Neo4j did not start:\n{tail}")

    def _set_password(self) -> None:
        from neo4j import GraphDatabase, TrustAll

        secure = self.certificate is not None
        with GraphDatabase.driver(
            self.address, auth=("neo4j", "neo4j"), encrypted=secure, trusted_certificates=TrustAll()
        ) as driver:
            driver.execute_query(
                "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new", new=self.password, database_="system"
            )


def main() -> None:
    """Run one until interrupted."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        try:
            server.start()
            print(f"export RECOURSE_STORE={server.address} RECOURSE_STORE_PASSWORD={server.password}", flush=True)
            print("running; Ctrl-C stops it and throws its data away", file=sys.stderr, flush=True)
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            signal.pause()
        except KeyboardInterrupt:
            pass
        finally:
            server.stop()


if __name__ == "__main__":
    try:
        main()
    except Missing as missing:
        sys.exit(str(missing))
