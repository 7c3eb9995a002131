"""What the options of every kind have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, SecretStr, ValidationInfo


def _below_data(path: Path, info: ValidationInfo) -> Path:
    if path == Path():
        raise ValueError("must name a folder")
    base = (info.context or {}).get("data_dir")
    return path if base is None else Path(base) / path


DataPath = Annotated[Path, AfterValidator(_below_data), "a path"]
"""A path of the configuration; a relative one lies below the data directory."""


LONGEST_SECRET = 4096
"""Bytes of a file that holds a secret."""


def _secret(value: object, info: ValidationInfo) -> SecretStr:
    if not isinstance(value, str):
        raise ValueError("must be the path of a file that holds the secret")
    path = _below_data(Path(value), info)
    try:
        with path.open("rb") as file:
            secret = file.read(LONGEST_SECRET + 1).decode("ascii").strip()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not ASCII"
        raise ValueError(f"{path} cannot be read: {reason}") from None
    if not secret.isprintable() or not 0 < len(secret) <= LONGEST_SECRET:
        raise ValueError(f"{path} must hold one line of at most {LONGEST_SECRET} characters")
    return SecretStr(secret)


SecretFile = Annotated[SecretStr, BeforeValidator(_secret), "a path"]
"""The secret that a file holds; what is printed of it are asterisks. A relative path lies below the data directory."""


class Options(BaseModel):
    """A kind's own keys in sources.yaml; a key that is not named is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)
