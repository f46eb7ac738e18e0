"""The `recourse` command: finds its subcommands by listing this folder, loads only the one called.

A file `api/cli/<name>.py` holds the click command `<name>`; the first line of its docstring is the
help shown in the list, so that listing the commands imports none of them.
"""

import ast
import os
import re
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from api.failure import as_error, report
from api.terminal import Terminal
from graph import logs
from graph.errors import InputError
from graph.settings import Settings
from graph.version import VERSION

HERE = Path(__file__).parent
INTERRUPTED = 130
DETAILED = 2  # -vv: tracebacks
MACHINE_FORM = re.compile(r"(?:^|\0)(?:--format[=\0]|-f\0?)(?:json|jsonl)(?:\0|$)")


def _override(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Let a global option stand behind the command as well as before it."""
    if ctx.get_parameter_source(str(param.name)) is not click.core.ParameterSource.COMMANDLINE:
        return
    terminal = ctx.find_object(Terminal)
    if terminal is not None:
        change = {"home": Path(value).expanduser()} if param.name == "home" else {str(param.name): value}
        ctx.obj = Terminal(terminal.settings.but(**change), terminal.clock)
        logs.start(ctx.obj.settings.verbose, quiet=ctx.obj.settings.quiet)


def _day(_ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Accept one exact day, as YYYY-MM-DD."""
    if value:
        try:
            return datetime.strptime(value, "%Y-%m-%d").date().isoformat()
        except ValueError:
            raise InputError(
                f"{value[:20]!r} is not a day; write it as YYYY-MM-DD",
                field=f"--{str(param.name).replace('_', '-')}",
                value=value,
                code="date",
            ) from None
    return None


def global_options(*, late: bool = False) -> list[click.Option]:
    """Return the options that every command has: shown on the group, hidden and overriding behind it."""

    def option(*names: str, **kind: Any) -> click.Option:
        if late:
            day = kind.pop("callback", None)

            def callback(ctx: click.Context, param: click.Parameter, value: Any) -> None:
                _override(ctx, param, day(ctx, param, value) if day else value)

            return click.Option([*names], **kind, callback=callback, expose_value=False, hidden=True)
        return click.Option([*names], **kind)

    return [
        option("--home", metavar="DIR", help="Data folder; else RECOURSE_HOME, else the platform's own."),
        option("--store", metavar="WHERE", help="Graph engine: embedded, or bolt://HOST:PORT."),
        option("--viewer", metavar="NAME", help="Whose view of protected data to take; public when absent."),
        option("--as-of", metavar="DATE", callback=_day, help="The day on which the question is asked."),
        option("--known-on", metavar="DATE", callback=_day, help="Use the data as known on that day."),
        option("--lang", metavar="CODE", help="Language of the sentences; en when absent."),
        option("--quiet", is_flag=True, help="No progress and no notes on stderr."),
        option("-v", "verbose", count=True, help="Say more: -v steps, -vv details and tracebacks."),
    ]


def _accept_global_options(command: click.Command) -> None:
    """Add the global options to a command and its subcommands, except where it has its own."""
    taken = {name for param in command.params for name in param.opts} | {"--help"}
    for option in global_options(late=True):
        if not taken & set(option.opts):
            command.params.append(option)
    if isinstance(command, click.Group):
        for sub in command.commands.values():
            _accept_global_options(sub)


class LazyGroup(click.Group):
    """A group whose commands are the files beside this one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the command names, sorted."""
        stems = (path.stem for path in HERE.glob("*.py"))
        return sorted(stem.replace("_", "-") for stem in stems if stem not in ("app", "__init__"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command's file."""
        if cmd_name not in self.list_commands(ctx):
            return None
        stem = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f"api.cli.{stem}"), stem)
        if command.name not in self.commands:
            _accept_global_options(command)
            self.add_command(command, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with the first line of each file's docstring."""
        names = self.list_commands(ctx)
        rows = [(name, _summary(HERE / f"{name.replace('-', '_')}.py")) for name in names]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _summary(path: Path) -> str:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return re.sub(r"^`[^`]+`: ", "", text.partition("\n")[0])


def utc_now() -> datetime:
    """Read the clock: the only place where a command line call does."""
    return datetime.now(UTC)


@click.group(
    cls=LazyGroup,
    params=list(global_options()),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    no_args_is_help=True,
)
@click.version_option(VERSION, prog_name="recourse", message="%(prog)s %(version)s")
@click.pass_context
def recourse(ctx: click.Context, /, **given: Any) -> None:
    """Which bodies can hear a case about human rights, against whom, until when.

    \b
    recourse init                      make the data folder, once
    recourse forums CASE.yaml          every body, its verdict and its deadline
    recourse why CASE.yaml --forum ID  one body, rule by rule
    """
    settings = Settings.from_env(os.environ, **given)
    logs.start(settings.verbose, quiet=settings.quiet)
    ctx.obj = Terminal(settings, utc_now)


def main(args: Sequence[str] | None = None) -> int:
    """Run one call; return its exit status: 0 done, 1 in part, 2 wrong input, 3 unavailable, 130."""
    words = list(sys.argv[1:] if args is None else args)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        status = recourse.main(words, prog_name="recourse", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except BrokenPipeError:  # the reader has what it wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except SystemExit:  # how click ends on a closed pipe, and after a shell asked for completions
        return 0
    except (KeyboardInterrupt, click.Abort):
        print("recourse: interrupted; run the same command again to resume", file=sys.stderr)
        return INTERRUPTED
    except Exception as fault:  # the last resort of a program: whatever it was becomes one line
        cause = fault
    if words.count("-v") >= DETAILED or any(re.fullmatch(r"-v{2,}", word) for word in words):
        traceback.print_exception(cause)
    return report(as_error(cause), as_json=bool(MACHINE_FORM.search("\0".join(words))))


if __name__ == "__main__":
    sys.exit(main())
