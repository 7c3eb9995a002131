"""The commands."""

from __future__ import annotations

import os
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import __version__
from ..commands.framing import CONFIG, HOPELESS, JSON, clear_errors, services_of
from ..errors import StoreError
from .rules import apply, check, evaluate, explain, label, plan, schema

if TYPE_CHECKING:
    from ..running.child import ProcessSpec


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="feedsvc")
def main() -> None:
    """Clean Atom, RSS and JSON feeds by topic and by region."""
    from ..running.memory import collect_seldom

    collect_seldom()


@main.command()
@CONFIG
def run(config: Path) -> None:
    """Start the scheduler and the web server, and keep both running."""
    from ..domain.site import DEFAULT_BIND
    from ..logs import configure_logs
    from ..running.address import parse_bind, refusal
    from ..running.supervisor import supervise
    from ..running.waiting import answers_ready, self_link

    try:
        address = parse_bind(os.environ.get("FEEDSVC_BIND") or DEFAULT_BIND)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    if (refused := refusal(address)) is not None:
        raise click.ClickException(refused)

    def announce() -> None:
        feed = self_link(address, "/feeds/all.atom")
        click.echo(f"Open       {feed.removesuffix('feeds/all.atom')}")
        click.echo(f"Subscribe  {feed}")

    configure_logs()
    code = supervise(_processes(config), answers_ready(address), announce)
    if code == HOPELESS:
        # The processes end with this code before they have done anything; what is wrong is told here, once.
        # What is wrong with the database, they have told themselves.
        from .. import bootstrap

        with clear_errors(), suppress(StoreError):
            bootstrap.known_to_all(config)
    sys.exit(code)


@main.command()
@CONFIG
def serve(config: Path) -> None:
    """Start the web server alone."""
    from ..running.signals import hangups_held

    with hangups_held():
        from .. import bootstrap
        from ..logs import configure_logs
        from ..running.parent import end_with_parent, first_under_supervisor, supervised
        from ..running.server import serve as serve_web

        configure_logs()
        with clear_errors(quiet=first_under_supervisor()):
            known = bootstrap.known_to_all(config)
        app = "quiet_web_app" if supervised() else "web_app"
        end_with_parent()
        os.environ["FEEDSVC_CONFIG"] = str(config)
        sys.exit(serve_web(f"feedsvc.bootstrap:{app}", known.found.settings.bind, known=known))


@main.command()
@CONFIG
def schedule(config: Path) -> None:
    """Start the scheduler alone."""
    from ..running.signals import hangups_held

    with hangups_held():
        from .. import bootstrap
        from ..logs import configure_logs
        from ..running.parent import end_with_parent, first_under_supervisor
        from ..running.precedence import stand_back
        from ..running.signals import end_at_once, on_stop

        configure_logs()
        quiet = first_under_supervisor()
        end_with_parent()
        changing = bootstrap.Changing(config, "scheduler", applies=True)
        with clear_errors(quiet=quiet), closing(changing.services()) as services:
            bootstrap.configure(services, waiting=bootstrap.told_to_wait)
            shift = bootstrap.Shift(services)
            scheduler, telling = bootstrap.scheduling(services, shift), bootstrap.telling(shift)
            stand_back()  # and not before: one that was killed is to be back at once, whatever else the machine does
            with on_stop(scheduler.leave, hangup=changing.ask):
                changing.start(shift.take_over)
                scheduler.start()
                telling.start()
                asked = scheduler.wait()
                telling.leave()
                finished = scheduler.stop() and telling.stop() and changing.stop()
            if not (asked and finished):
                end_at_once(0 if asked else 1)


@main.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--accept-deletions", is_flag=True, help="Withdraw what a source has lost, however much it is.")
@CONFIG
def fetch(sources: tuple[str, ...], accept_deletions: bool, config: Path) -> None:
    """Poll sources now, all of them or those named, and tell what came."""
    from ..commands.fetching import fetch_now

    with clear_errors(), services_of(config) as services:
        sys.exit(fetch_now(services, sources, accept_deletions))


@main.command()
@click.option("--bad", is_flag=True, help="Only those that are silent, failing, or never worked.")
@JSON
@CONFIG
def sources(bad: bool, as_json: bool, config: Path) -> None:
    """Show every source: how it does, and why, its last pass, newest item, next poll."""
    from ..commands.showing import show_sources

    with clear_errors(), services_of(config) as services:
        show_sources(services, as_json, bad)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE where it exists.")
@CONFIG
def backup(file: Path, force: bool, config: Path) -> None:
    """Write everything that is stored, pictures too, to FILE; everything goes on meanwhile."""
    from ..commands.backing import back_up

    with clear_errors(), services_of(config) as services:
        back_up(services, file, force)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Replace what the database holds now.")
@CONFIG
def restore(file: Path, replace: bool, config: Path) -> None:
    """Put FILE, a backup, in the place of everything that is stored; everything goes on meanwhile."""
    from ..commands.backing import restore_from

    with clear_errors(), services_of(config) as services:
        restore_from(services, file, replace)


for command in (apply, check, evaluate, explain, label, plan, schema):
    main.add_command(command)


def _processes(config: Path) -> tuple[ProcessSpec, ...]:
    """The two processes of `feedsvc run`."""
    from ..running.child import ProcessSpec

    env = {**os.environ, "FEEDSVC_CONFIG": str(config), "PYTHONUNBUFFERED": "1"}
    return tuple(
        ProcessSpec(name=name, argv=(sys.executable, "-m", "feedsvc", command), env=env)
        for name, command in (("scheduler", "schedule"), ("web", "serve"))
    )
