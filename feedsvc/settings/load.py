"""All of the configuration at once: everything right, or every problem in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from pydantic import SecretStr

from ..domain.operator import NOBODY, Operator
from ..domain.pace import USUAL_POLLING, Pace, Polling
from ..domain.secret import Secret, read_secret
from ..domain.serving import MEGABYTE, USUAL_SERVING, Serving
from ..domain.site import DEFAULT_BIND, Site, reachable
from ..domain.source import Source
from ..domain.taxonomy import Taxonomy
from ..errors import ConfigurationError, Problem
from .checking import validated
from .emblems import bundled
from .environment import Overlaid, overlaid, problem
from .files import Files, Gazetteer, gazetteer_of, in_order, read_files
from .listing import listed
from .models import DefaultsModel, OperatorModel, PollingModel, ServiceModel, SourceModel, SourcesModel
from .newsroom import Kinds, Known, sources_of
from .values import FOR_EVER
from .yamlfile import KeyPath, YamlFile

BIND = re.compile(r"(?:[^\s:\[\]]*|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The configuration, checked and complete.

    `bind` is host:port, `database_url` SQLAlchemy's form, `contact` a mail or web address for those who are asked,
    `allow_hosts` the places of the form host:port or host:* that may be asked although they are private. `keep` is how
    long an article stays, None for ever. `rules` is the taxonomy in the form in which it is stored.
    """

    site: Site
    sources: tuple[Source, ...]
    taxonomy: Taxonomy
    rules: str = field(repr=False)
    bind: str
    data_dir: Path
    database_url: str = field(repr=False)
    contact: str | None = None
    allow_hosts: tuple[str, ...] = ()
    polling: Polling = USUAL_POLLING
    keep: timedelta | None = None
    operator: Operator = NOBODY
    serving: Serving = USUAL_SERVING


@dataclass(frozen=True, slots=True)
class Complete:
    """The settings, None where they are wrong; every problem; and where in its file each source stands."""

    settings: Settings | None
    problems: tuple[Problem, ...]
    places: Mapping[str, int]


def load_settings(folder: Path, environ: Mapping[str, str], kinds: Kinds) -> Settings:
    """Read the four files and the environment. Raises ConfigurationError with every problem found."""
    files = read_files(folder)
    found = complete(files, environ, kinds, gazetteer_of(files))
    if found.problems or found.settings is None:
        raise ConfigurationError(in_order(found.problems))
    return found.settings


def complete(files: Files, environ: Mapping[str, str], kinds: Kinds, gazetteer: Gazetteer) -> Complete:
    """All of it over a gazetteer, which need not be that of the files."""
    service, sources = files.service, files.sources
    problems = [*service.problems, *sources.problems, *gazetteer.problems]
    data_dir = data_dir_of(environ)
    bind, database = _bind(environ, problems), _database(environ, data_dir, problems)
    model = _service(service, environ, data_dir, problems)
    found, places = _sources(sources, _known(gazetteer, kinds, data_dir), problems) if sources.readable else ([], {})
    if problems or model is None:
        return Complete(None, tuple(problems), places)
    settings = Settings(
        site=_site(model, bind),
        sources=tuple(found),
        taxonomy=gazetteer.taxonomy,
        rules=gazetteer.rules,
        bind=bind,
        data_dir=data_dir,
        database_url=database,
        contact=model.fetch.contact,
        allow_hosts=model.fetch.allow_hosts,
        polling=_polling(model.polling),
        keep=None if model.feeds.keep == FOR_EVER else model.feeds.keep,
        operator=_operator(model.operator),
        serving=_serving(model),
    )
    return Complete(settings, (), places)


def data_dir_of(environ: Mapping[str, str]) -> Path:
    """Where everything is kept."""
    return Path(environ.get("FEEDSVC_DATA_DIR") or "data").absolute()


def database_of(environ: Mapping[str, str]) -> str:
    """The address of the database, which no file says. Raises ConfigurationError."""
    problems: list[Problem] = []
    found = _database(environ, data_dir_of(environ), problems)
    if problems:
        raise ConfigurationError(in_order(problems))
    return found


def _bind(environ: Mapping[str, str], problems: list[Problem]) -> str:
    bind = environ.get("FEEDSVC_BIND") or DEFAULT_BIND
    if not BIND.fullmatch(bind.strip()):
        problems.append(problem("FEEDSVC_BIND", f"must be HOST:PORT, like 127.0.0.1:8080 or [::1]:8080, not {bind!r}"))
    return bind


def _database(environ: Mapping[str, str], data_dir: Path, problems: list[Problem]) -> str:
    """The database's address, which may stand in a file: it may hold a password."""
    given, file = environ.get("FEEDSVC_DATABASE_URL"), environ.get("FEEDSVC_DATABASE_URL_FILE")
    if given or not file:
        return given or f"sqlite:///{data_dir / 'feedsvc.db'}"
    try:
        return read_secret(Path(data_dir, file)).text
    except ValueError as error:
        problems.append(problem("FEEDSVC_DATABASE_URL_FILE", str(error)))
        return ""


def _service(
    file: YamlFile, environ: Mapping[str, str], data_dir: Path, problems: list[Problem]
) -> ServiceModel | None:
    over = overlaid(file.values, ServiceModel, environ)
    problems += over.problems
    problem_at, context = partial(_problem_at, file, over), {"data_dir": data_dir}
    model, wrong = validated(ServiceModel, over.values, file, problem=problem_at, context=context)
    # Of a file that could not be read, only what came from the environment can be told.
    problems += [one for one in wrong if file.readable or one.file != file.name]
    return model


def _site(model: ServiceModel, bind: str) -> Site:
    site = model.site
    return Site(
        title=site.title,
        language=site.language,
        zone=site.zone,
        public_url=site.public_url or _own_address(bind),
        tag_authority=site.tag_authority,
        entries=model.feeds.entries,
        max_age=int(model.feeds.max_age.total_seconds()),
        rights=site.rights,
        logo=site.logo or bundled("logo"),
        icon=site.icon or bundled("icon"),
        farewell=model.feeds.farewell,
    )


def _serving(model: ServiceModel) -> Serving:
    serve = model.serve
    return Serving(
        preview=model.feeds.preview,
        proxies=serve.proxies,
        whole_an_hour=serve.whole_an_hour,
        memory=serve.memory * MEGABYTE,
    )


def _operator(model: OperatorModel) -> Operator:
    return Operator(
        token=_secret(model.token_file),
        trusted=model.trusted,
        webhook=_secret(model.webhook),
        webhook_key=_secret(model.webhook_secret_file),
    )


def _secret(read: SecretStr | None) -> Secret | None:
    return Secret(read.get_secret_value()) if read is not None else None


def _polling(model: PollingModel) -> Polling:
    return Polling(pace=Pace(floor=model.floor, ceiling=model.ceiling), at_once=model.at_once, a_host=model.a_host)


def _own_address(bind: str) -> str:
    """The address at which this machine reaches what listens on all of its own."""
    host, _, port = bind.strip().rpartition(":")
    return f"http://{reachable(host)}:{port}"


def _problem_at(file: YamlFile, over: Overlaid, path: KeyPath, message: str) -> Problem:
    variable = over.variable(path)
    return file.problem(path, message) if variable is None else problem(variable, message)


def _known(gazetteer: Gazetteer, kinds: Kinds, data_dir: Path) -> Known:
    return Known(
        kinds=kinds,
        data_dir=data_dir,
        topics=gazetteer.topic_ids,
        regions=gazetteer.region_ids,
        scopes=gazetteer.scopes,
    )


def _sources(file: YamlFile, known: Known, problems: list[Problem]) -> tuple[list[Source], Mapping[str, int]]:
    head, found, wrong = listed(SourcesModel, SourceModel, "sources", file)
    sources, more = sources_of(found, head.defaults if head else DefaultsModel(), known, file)
    problems += [*wrong, *more]
    return sources, {one.id: place for place, one in found.items.items()}
