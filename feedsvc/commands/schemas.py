"""`feedsvc schema`."""

from __future__ import annotations

from pathlib import Path

import click

from .. import bootstrap


def show_schema(name: str) -> None:
    """The schema of one file, on standard output."""
    click.echo(bootstrap.schemas()[name], nl=False)


def write_schemas(folder: Path) -> None:
    """Those of all files, each as NAME.json in a folder, which is made where it is missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in bootstrap.schemas().items():
            path = folder / f"{name}.json"
            path.write_text(text, encoding="utf-8")
            click.echo(path)
    except OSError as error:
        raise click.ClickException(f"{error.filename} cannot be written: {error.strerror}") from None
