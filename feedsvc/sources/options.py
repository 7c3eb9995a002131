"""What the options of every kind have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, SecretStr, ValidationInfo
from pydantic_core import PydanticCustomError

from ..domain.secret import read_secret


def _below_data(path: Path, info: ValidationInfo) -> Path:
    if path == Path():
        raise ValueError("must name a folder")
    base = (info.context or {}).get("data_dir")
    return path if base is None else Path(base) / path


DataPath = Annotated[Path, AfterValidator(_below_data), "a path"]
"""A path of the configuration; a relative one lies below the data directory."""


def _secret(value: object, info: ValidationInfo) -> SecretStr:
    if not isinstance(value, str):
        raise ValueError("must be the path of a file that holds the secret")
    path = _below_data(Path(value), info)
    try:
        return SecretStr(read_secret(path).text)
    except ValueError as error:
        raise PydanticCustomError("wrong_file", "{said}", {"said": str(error)}) from None


SecretFile = Annotated[SecretStr, BeforeValidator(_secret), "a path"]
"""The secret that a file holds; what is printed of it are asterisks. A relative path lies below the data directory."""


class Options(BaseModel):
    """A kind's own keys in sources.yaml; a key that is not named is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)
