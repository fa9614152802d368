"""The command line: its commands, loaded when they are called, and its exit codes."""

import errno
import importlib
import io
import os
import signal
import sys
import traceback
from difflib import get_close_matches
from typing import Final, NoReturn

import click

from converter.errors import ConverterError, told
from converter.garbage import collect_seldom

# Each is a module in converter/commands that holds a click command named ``command``.
_COMMANDS: Final = ("convert", "build", "inspect", "verify", "formats", "new", "cache")

_FAULT: Final = 70  # EX_SOFTWARE of sysexits.h
_INTERRUPTED: Final = 130  # what a shell reports of SIGINT
_ENDING: Final = (signal.SIGTERM, signal.SIGHUP)
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class _Commands(click.Group):
    """A group that imports a command only when it is asked for: starting up stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if name not in _COMMANDS:
            return None
        module = importlib.import_module(f"converter.commands.{name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in _COMMANDS and not ctx.resilient_parsing:
            near = get_close_matches(args[0], _COMMANDS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(_COMMANDS)}"
            ctx.fail(f"There is no command {args[0]!r}; {hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="converter", prog_name="converter")
@click.option("--debug", is_flag=True, help="Show where in the program an error arose.")
def cli(debug: bool) -> None:
    """Turn documents with footnotes, source page numbers and comment threads into editions.

    Exit codes: 0 done; 1 some source or edition failed, the others are written; 2 wrong usage;
    3 warnings under --strict, or what --fail-on names; 70 a fault of the program's own.
    """


def main() -> NoReturn:
    """Run the command line, and exit with its code. ``--debug`` may stand anywhere."""
    collect_seldom()
    _open_closed_streams()
    _print_what_can_be()
    _end_in_order()
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    debug = len(arguments) < len(sys.argv) - 1
    try:
        sys.exit(cli.main(arguments, "converter", standalone_mode=False, obj=debug) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        sys.exit(_INTERRUPTED)
    except ConverterError as error:
        _show(error, str(error), debug)
        sys.exit(error.exit_code)
    except Exception as error:  # noqa: BLE001 - users get a sentence, not a traceback
        text, code = _told(error)
        _show(error, text, debug)
        sys.exit(code)


def _told(error: Exception) -> tuple[str, int]:
    """Return what to say of ``error``, that no command has foreseen, and the code to exit with."""
    if isinstance(error, OSError) and error.errno in _FULL:
        place = error.filename or "standard output"
        return f"{place}: error: cannot be written: {error.strerror}", ConverterError.exit_code
    if isinstance(error, MemoryError):
        return "error: there is too little memory to go on", ConverterError.exit_code
    return f"error: {told(error)}", _FAULT


def _end_in_order() -> None:
    """Leave no half-made files and no workers to those who end us, as schedulers of jobs do."""
    for number in _ENDING:
        if signal.getsignal(number) is signal.SIG_DFL:  # nohup has it ignored
            signal.signal(number, _end)


def _end(number: int, _frame: object) -> NoReturn:
    sys.exit(128 + number)  # what a shell reports of a signal


def _open_closed_streams() -> None:
    """Give what is printed a place where the caller has closed its own, as services do.

    Otherwise the next file to be opened, an edition, would be where a library prints to.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            null = os.open(os.devnull, os.O_RDWR)
            os.dup2(null, number)
            os.set_inheritable(number, True)
            if null != number:
                os.close(null)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8"))


def _print_what_can_be() -> None:
    """Print something else for what the encoding of a terminal or pipe does not have."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors != "backslashreplace":
            stream.reconfigure(errors="replace")


def _show(error: Exception, text: str, debug: bool) -> None:
    if debug:
        traceback.print_exception(error)
    click.echo(text, err=True)
