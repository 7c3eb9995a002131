"""The small types of the configuration: durations, zones, addresses.

The text at the end of each is the type in words, for the configuration reference.
"""

from __future__ import annotations

import re
from collections.abc import Sized
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, model_validator

from ..domain.address import is_web_address
from ..domain.clean import one_line
from .shapes import AtLeastOne, looks_like

DURATION = re.compile(r"([0-9]{1,8})([smhd])")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
LONGEST = timedelta(days=3650)
SHORTEST_INTERVAL = timedelta(seconds=2)
LONGEST_INTERVAL = timedelta(days=30)
AUTO_WORD, AUTO = "auto", timedelta(0)
"""An interval that the program chooses."""
KEEP_ALL, FOR_EVER = "all", timedelta.max
SHORTEST_AGE = timedelta(minutes=1)
SHORTEST_KEEP = timedelta(days=1)
HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](?::[0-9]{1,5})?")
AUTHORITY = re.compile(
    r"(?:[a-z0-9._-]+@)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*,\d{4}(?:-\d\d(?:-\d\d)?)?",
    re.ASCII,
)
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
MAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
PAGE = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9._~/%?=&-]*)?")
PLACE = re.compile(
    r"(?P<host>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]):(?P<port>\*|[1-9][0-9]{0,4})"
)
PATH_PART = re.compile(r"/[^\s?#]+")
MEDTOP = re.compile(r"[0-9]{8}")
ISO = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


class Model(BaseModel):
    """A part of the configuration; a key that is not named is an error, and one without a value is not there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        own = {field.alias or name for name, field in cls.model_fields.items()}
        return {key: value for key, value in values.items() if value is not None or key not in own}


def length_of(value: object) -> timedelta:
    """The length of a duration as it is written. Raises ValueError, with what it must be."""
    found = DURATION.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("must be a duration: a whole number and s, m, h or d, like 30s, 5m, 1h")
    duration = timedelta(**{UNITS[found[2]]: int(found[1])})
    if duration > LONGEST:
        raise ValueError(f"must be {LONGEST.days}d at most")
    return duration


def _interval(value: timedelta) -> timedelta:
    if value < SHORTEST_INTERVAL:
        raise ValueError(f"must be {SHORTEST_INTERVAL.seconds}s or longer")
    if value > LONGEST_INTERVAL:
        raise ValueError(f"must be {LONGEST_INTERVAL.days}d at most")
    return value


def _max_age(value: timedelta) -> timedelta:
    if value < SHORTEST_AGE:
        raise ValueError("must be 1m or longer: readers are told whole minutes")
    return value


def _every(value: object) -> timedelta:
    if value == AUTO_WORD:
        return AUTO
    try:
        duration = length_of(value)
    except ValueError as error:
        raise ValueError(str(error).replace("must be a duration", "must be auto or a duration")) from None
    return _interval(duration)


def _keep(value: object) -> timedelta:
    if value == KEEP_ALL:
        return FOR_EVER
    try:
        duration = length_of(value)
    except ValueError as error:
        raise ValueError(str(error).replace("must be a duration", "must be all or a duration")) from None
    if duration < SHORTEST_KEEP:
        raise ValueError(f"must be {SHORTEST_KEEP.days}d or longer, or all")
    return duration


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ValueError, OSError, KeyError):
        raise ValueError("must be an IANA time zone, like Asia/Ho_Chi_Minh") from None
    return value


def _public_url(value: str) -> str:
    try:
        parts = urlsplit(value)
        valid = parts.scheme in {"http", "https"} and HOST.fullmatch(parts.netloc) is not None and parts.port != 0
    except ValueError:
        valid = False
    if not valid or value.rstrip("/").partition("://")[2] != parts.netloc:
        raise ValueError("must be the address that readers use, like https://feeds.example.org, without a path")
    return f"{parts.scheme}://{parts.netloc}"


def _http_url(value: str) -> str:
    if not is_web_address(value):
        raise ValueError("must be an absolute http(s) address, like https://creativecommons.org/licenses/by/4.0/")
    return value


def _authority(value: str) -> str:
    if not AUTHORITY.fullmatch(value):
        raise ValueError("must be a domain and a year in which it was yours, like example.org,2026 (RFC 4151)")
    return value


def _language(value: str) -> str:
    if not LANGUAGE.fullmatch(value):
        raise ValueError("must be a language tag (BCP 47), like vi or en-GB")
    return value


def _medtop(value: str) -> str:
    if not MEDTOP.fullmatch(value):
        raise ValueError("must be the eight digits of an IPTC Media Topic, like 11000000")
    return value


def _iso(value: str) -> str:
    if not ISO.fullmatch(value):
        raise ValueError("must be an ISO 3166-2 code, like VN-46")
    return value


def _text(value: str) -> str:
    text = one_line(value)
    if not text:
        raise ValueError("must not be empty")
    return text


def _contact(value: str) -> str:
    if len(value) > 200 or not (MAIL.fullmatch(value) or PAGE.fullmatch(value)):
        raise ValueError("must be a mail address or an http(s) address, like desk@news.example.org, in plain ASCII")
    return value


def _place(value: str) -> str:
    found = PLACE.fullmatch(value)
    if found is None or (found["port"] != "*" and int(found["port"]) > 65535):
        raise ValueError("must be an exact host and a port, or * for any port, like cms.lan:8080, 10.0.0.7:*, [::1]:80")
    return value.lower()


def _network(value: object) -> IPv4Network | IPv6Network:
    try:
        if isinstance(value, str):
            return ip_network(value)
    except ValueError:
        pass
    raise ValueError("must be an IP address or a network without further bits, like 10.0.0.7, 10.1.0.0/16 or ::1")


def _path_part(value: str) -> str:
    if not PATH_PART.fullmatch(value):
        raise ValueError("must be part of a path that begins with a slash, like /giao-duc/")
    return value


def some(value: Sized) -> Sized:
    """The list or mapping, when there is anything in it."""
    if not value:
        raise ValueError("must not be empty")
    return value


TIME = DURATION.pattern
Duration = Annotated[timedelta, BeforeValidator(length_of), looks_like(TIME), "a duration, like 30s, 5m, 1h, 2d"]
Interval = Annotated[
    timedelta, BeforeValidator(length_of), AfterValidator(_interval), looks_like(TIME), "a duration, 2s or longer"
]
MaxAge = Annotated[
    timedelta, BeforeValidator(length_of), AfterValidator(_max_age), looks_like(TIME), "a duration, 1m or longer"
]
Every = Annotated[
    timedelta, BeforeValidator(_every), looks_like(AUTO_WORD, TIME), "a duration, 2s or longer, or `auto`"
]
Keep = Annotated[timedelta, BeforeValidator(_keep), looks_like(KEEP_ALL, TIME), "a duration, 1d or longer, or `all`"]
Zone = Annotated[str, AfterValidator(_zone), looks_like(r"[A-Za-z0-9_+/-]+"), "a time zone (IANA)"]
PublicUrl = Annotated[
    str, AfterValidator(_public_url), looks_like(r"https?://[^/?#]+/*"), "an http(s) address without a path"
]
HttpUrl = Annotated[str, AfterValidator(_http_url), looks_like(r"[hH][tT][tT][pP][sS]?://.+"), "an http(s) address"]
Contact = Annotated[str, AfterValidator(_contact), looks_like(MAIL, PAGE, maxLength=200), "a mail or http(s) address"]
Place = Annotated[str, AfterValidator(_place), looks_like(PLACE), "a host and a port, like cms.lan:8080 or cms.lan:*"]
Network = Annotated[
    IPv4Network | IPv6Network,
    BeforeValidator(_network),
    looks_like(r"[0-9A-Fa-f:.]+(?:/[0-9]{1,3})?"),
    "an IP address or a network, like 10.0.0.7 or 10.1.0.0/16",
]
Authority = Annotated[str, AfterValidator(_authority), looks_like(AUTHORITY), "a domain and a year (RFC 4151)"]
Language = Annotated[str, AfterValidator(_language), looks_like(LANGUAGE), "a language tag (BCP 47)"]
Medtop = Annotated[str, AfterValidator(_medtop), looks_like(MEDTOP, number=True), "eight digits"]
Iso = Annotated[str, AfterValidator(_iso), looks_like(ISO), "an ISO 3166-2 code"]
PathPart = Annotated[str, AfterValidator(_path_part), looks_like(PATH_PART), "part of a path, like /giao-duc/"]
Text = Annotated[str, AfterValidator(_text), looks_like(r"[\s\S]*\S[\s\S]*", number=True), "text"]
Titles = Annotated[
    dict[Language, Text], AfterValidator(some), AtLeastOne(), "a text for each language, like {vi: …, en: …}"
]


def in_words(value: timedelta) -> str:
    """A duration as it is written in the files: `90s`, `5m`; `auto` and `all` for what those stand for."""
    if value in (AUTO, FOR_EVER):
        return AUTO_WORD if value == AUTO else KEEP_ALL
    seconds = int(value.total_seconds())
    sizes = ((86400, "d"), (3600, "h"), (60, "m"), (1, "s"))
    return next(f"{seconds // size}{unit}" for size, unit in sizes if seconds % size == 0)
