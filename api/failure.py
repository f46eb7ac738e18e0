"""Turns whatever went wrong into one of the core's errors, and prints it as cli.md says."""

import errno
import json
import sys

import click

from graph.errors import DiskFull, HomeUnusable, InputError, RecourseError, Unavailable, shorten

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_ACCESS = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EISDIR}


class InternalFault(Unavailable):
    """A fault of the program itself."""

    code = "internal"


def as_error(fault: Exception) -> RecourseError:
    """Return any exception as one of the core's errors, with what to do about it."""
    if isinstance(fault, RecourseError):
        return fault
    return of_click(fault) if isinstance(fault, click.ClickException) else of_system(fault)


def of_click(fault: click.ClickException) -> RecourseError:
    """Return what click found wrong with the call as an InputError."""
    field, nearest = "command line", None
    if isinstance(fault, click.NoSuchOption):
        field, nearest = fault.option_name, next(iter(fault.possibilities or ()), None)
        message = "there is no such option; " + (f"did you mean {nearest}?" if nearest else _see_help(fault))
        return InputError(message, field=field, value=fault.option_name, nearest=nearest, code="usage")
    if isinstance(fault, click.BadParameter) and fault.param is not None:
        field = (
            max(fault.param.opts, key=len) if isinstance(fault.param, click.Option) else fault.param.human_readable_name
        )
    message = " ".join(fault.format_message().split()).rstrip(".")
    if isinstance(fault, click.MissingParameter):
        message = "it is missing"
    if isinstance(fault, click.UsageError):
        message = f"{message[:1].lower()}{message[1:]}; {_see_help(fault)}"
    return InputError(message, field=field, code="usage")


def _see_help(fault: click.UsageError) -> str:
    path = fault.ctx.command_path if fault.ctx else "recourse"
    return f"see `{path} --help`"


def of_system(fault: Exception) -> RecourseError:
    """Return an operating-system error, or a fault of ours, as a core error with a remedy."""
    if isinstance(fault, OSError):
        path = shorten(fault.filename or "")
        if fault.errno in NO_ROOM:
            return DiskFull(
                f"the disk is full{f' ({path})' if path else ''}; free some space and run the command again",
                field="--home",
                value=path,
            )
        if fault.errno in NO_ACCESS:
            return HomeUnusable(
                f"{path} cannot be used ({fault.strerror}); change its permissions, or name another folder",
                field="--home",
                value=path,
            )
        if fault.errno == errno.ENOENT:
            return InputError(f"{path} is not there; check the path", field="file", value=path, code="no-file")
    kind = type(fault).__name__
    return InternalFault(
        f"{kind} inside the program; run it again with -vv and report what it prints", field="recourse"
    )


def report(error: RecourseError, *, as_json: bool) -> int:
    """Print the error once, on stderr or as a JSON document on stdout; return the exit status."""
    line = f"recourse: {error}"
    try:
        if as_json:
            print(json.dumps({"error": error.as_dict()}, ensure_ascii=False), flush=True)
        else:
            print(" ".join(line.split()), file=sys.stderr, flush=True)
    except OSError:  # nobody listens, or the disk behind stdout is full: the status still tells
        pass
    return error.exit_code
