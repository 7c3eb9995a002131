"""The operator's token, from the file that holds it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, SecretStr, ValidationInfo
from pydantic_core import PydanticCustomError

from ..domain.secret import read_secret

SHORTEST_TOKEN = 16
"""Characters: what can be guessed over the network is too short."""


def _token(value: object, info: ValidationInfo) -> SecretStr:
    if not isinstance(value, str):
        raise ValueError("must be the path of a file that holds the token")
    path = Path((info.context or {}).get("data_dir", ""), value)
    try:
        return SecretStr(read_secret(path, SHORTEST_TOKEN).text)
    except ValueError as error:
        raise PydanticCustomError("wrong_file", "{said}", {"said": str(error)}) from None


TokenFile = Annotated[SecretStr, BeforeValidator(_token), "a path"]
"""The token that a file holds; what is printed of it are asterisks. A relative path lies below the data directory."""
