"""What the options of every kind have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationInfo


def _below_data(path: Path, info: ValidationInfo) -> Path:
    if path == Path():
        raise ValueError("must name a folder")
    base = (info.context or {}).get("data_dir")
    return path if base is None else Path(base) / path


DataPath = Annotated[Path, AfterValidator(_below_data), "a path"]
"""A path of the configuration; a relative one lies below the data directory."""


class Options(BaseModel):
    """A kind's own keys in sources.yaml; a key that is not named is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)
