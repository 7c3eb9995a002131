"""What only the operator knows: secrets from the files that hold them, and an address that may hold one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, SecretStr, ValidationInfo
from pydantic_core import PydanticCustomError

from ..domain.address import is_web_address
from ..domain.secret import read_secret

SHORTEST_SECRET = 16
"""Characters: what can be guessed over the network is too short."""


def _from_file(what: str, value: object, info: ValidationInfo) -> SecretStr:
    if not isinstance(value, str):
        raise ValueError(f"must be the path of a file that holds the {what}")
    path = Path((info.context or {}).get("data_dir", ""), value)
    try:
        return SecretStr(read_secret(path, SHORTEST_SECRET).text)
    except ValueError as error:
        raise PydanticCustomError("secret", "{said}", {"said": str(error)}) from None


def _token(value: object, info: ValidationInfo) -> SecretStr:
    return _from_file("token", value, info)


def _secret(value: object, info: ValidationInfo) -> SecretStr:
    return _from_file("secret", value, info)


def _webhook(value: object) -> SecretStr:
    if not isinstance(value, str) or not is_web_address(value) or not value.isascii():
        said = "must be an absolute http(s) address in ASCII, like https://alerts.example.org/feedsvc"
        # Without the value: whoever knows such an address can often write to it.
        raise PydanticCustomError("secret", "{said}", {"said": said})
    return SecretStr(value)


TokenFile = Annotated[SecretStr, BeforeValidator(_token), "a path"]
"""The token that a file holds; what is printed of it are asterisks. A relative path lies below the data directory."""
SecretFile = Annotated[SecretStr, BeforeValidator(_secret), "a path"]
"""The secret that a file holds, likewise."""
WebhookUrl = Annotated[SecretStr, BeforeValidator(_webhook), "an http(s) address"]
"""An address that may hold a secret."""
