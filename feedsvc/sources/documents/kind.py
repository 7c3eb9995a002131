"""The kind `documents` as the pipeline sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pydantic import Field

from ...domain.fetched import Failure, FailureKind, Fetched, Listing, Request
from ...domain.record import Hypertext, Parsed, RawRecord, Refusal, Rejection
from ...domain.source import Cursor, Json, Source
from ..encodings import EncodingName
from ..options import DataPath, Options
from .decoding import decoded
from .folder import PREFIX, Folder, known_files
from .html import read_html
from .jsonitem import read_json_item
from .names import PicturesBeside, record_key, stamp_of, suffix
from .pictures import lines_like_names, pictures_named, wanted
from .text import read_text


class DocumentsOptions(Options):
    """The keys that stand beside those of every source."""

    path: DataPath = Field(description="the folder; a relative one lies below the data directory")
    encoding: EncodingName = Field(
        default="utf-8", description="of files that are not UTF-8 and carry no byte order mark"
    )


class Documents:
    """Implements `ports.SourceKind` for folders of documents."""

    name = "documents"
    description = "a folder into which articles are dropped as .txt, .md, .html or .json, with their pictures"
    options = DocumentsOptions

    def ask(self, source: Source, cursor: Cursor, accept_deletions: bool) -> tuple[Request, ...]:
        """The listing of the folder."""
        path = str(_options(source).path)
        return (Request(address=f"folder:{path}", cursor=cursor, accept_deletions=accept_deletions),)

    def single(self, path: Path) -> Request:
        """One file by itself, without the pictures beside it."""
        key = record_key(path.name)
        return Request(address=f"file:{path}", context={"key": key, "name": path.name, "sig": None, "folder": ""})

    def parse(self, source: Source, answer: Fetched | Listing) -> Parsed:
        """A listing gives the files to read and those that are gone; a file gives its record or its rejection."""
        if isinstance(answer, Listing):
            return Folder.of(answer).read()
        context = answer.request.context
        key, sig = str(context["key"]), context["sig"]
        if not _as_listed(answer, sig):
            return Parsed()
        known: dict[str, Json] = {"key": key, "sig": sig}
        beside = _beside(answer.request)
        try:
            record = _said_something(self._record(key, answer, _options(source).encoding, beside))
        except ValueError as error:
            reason = str(error)
            return Parsed(rejections=(Rejection(key, reason),), cursor={PREFIX + key: {**known, "rejected": reason}})
        named = pictures_named(record)
        wants = tuple(wanted(named, beside, str(context["folder"])))
        signatures = _signatures(answer.request)
        known["names"] = [*named, *lines_like_names(record)]
        known["pictures"] = {want.name: signatures[want.name] for want in wants}
        stamps = tuple(stamp for name in named if (stamp := stamp_of(name)) is not None)
        record = replace(record, modified=answer.modified, stamps=stamps, wants=wants)
        return Parsed(records=(record,), cursor={PREFIX + key: known})

    def absent(self, source: Source, failure: Failure) -> Parsed:
        """A file that cannot be read is a rejection; a folder that cannot is a refusal, and withdraws nothing."""
        context = failure.request.context
        if "key" in context:
            if failure.kind in (FailureKind.CHANGING, FailureKind.MISSING):
                return Parsed()
            key = str(context["key"])
            state: Json = {"key": key, "sig": context["sig"], "rejected": failure.why, "again": True}
            return Parsed(rejections=(Rejection(key, failure.why),), cursor={PREFIX + key: state})
        known = known_files(failure.request.cursor)
        if failure.request.accept_deletions and failure.kind is FailureKind.MISSING:
            return Parsed(gone=tuple(known), cursor=dict.fromkeys((PREFIX + key for key in known), None))
        return Parsed(refusal=Refusal(failure.why, sum("rejected" not in state for state in known.values())))

    def steady(self, answer: Fetched) -> bytes:
        """All of it: a file says nothing but what it is to say."""
        return answer.body

    def passed_over(self, source: Source, answer: Fetched) -> Mapping[str, Json]:
        """Nothing: what was read of a file is remembered when it is read."""
        return {}

    def remember(self, cursor: Cursor, key: str, refused: str | None) -> Mapping[str, Json]:
        """A rejection that stands, or the pictures forgotten, so that the file counts as changed."""
        state = known_files(cursor).get(key, {})
        own: dict[str, Json] = {name: state[name] for name in ("key", "sig") if name in state}
        if refused is not None:
            return {PREFIX + key: {**own, "rejected": refused}}
        return {PREFIX + key: {**own, "names": state.get("names"), "pictures": {}}}

    def _record(self, key: str, answer: Fetched, encoding: str, beside: PicturesBeside) -> RawRecord:
        text = decoded(answer.body, encoding)
        if not text.strip():
            raise ValueError("it is empty")
        match suffix(str(answer.request.context["name"])):
            case ".md":
                # Most processes read no documents, and start without markdown-it.
                from .markdown import read_markdown  # noqa: PLC0415

                return read_markdown(key, text)
            case ".html":
                return read_html(key, text)
            case ".json":
                return read_json_item(key, text)
        return read_text(key, text, beside)


def _options(source: Source) -> DocumentsOptions:
    if not isinstance(source.options, DocumentsOptions):
        raise TypeError(f"the options of {source.id} are not those of documents")
    return source.options


def _said_something(record: RawRecord) -> RawRecord:
    """The record; raises ValueError for one that nobody can make an article of."""
    content = record.content
    if record.title or (content.html.strip() if isinstance(content, Hypertext) else content.blocks):
        return record
    raise ValueError("it has neither a title nor a text")


def _as_listed(answer: Fetched, sig: Json) -> bool:
    """Whether the file is still what the listing saw; one that has changed since is left to the next pass."""
    if not isinstance(sig, list):
        return True
    size, modified = sig[0], sig[1]
    same_second = (
        answer.modified is None
        or not isinstance(modified, int)
        or modified // 1_000_000_000 == int(answer.modified.timestamp())
    )
    return size == len(answer.body) and same_second


def _beside(request: Request) -> PicturesBeside:
    index = request.context.get("beside")
    return PicturesBeside(index if isinstance(index, dict) else {})


def _signatures(request: Request) -> dict[str, Json]:
    pictures = request.context.get("pictures")
    return pictures if isinstance(pictures, dict) else {}
