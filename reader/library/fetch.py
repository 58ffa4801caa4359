"""Fetching a page that the analyst names: http and https only, within limits, and plain words when it fails."""

import email.message
import http.client
import ipaddress
import re
import socket
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any, Final

from reader import __version__
from reader.errors import DeskreaderError
from reader.library.entry import Cancelled, never
from reader.library.files import SIZE_LIMIT
from reader.text.clean import clean_line

TIME_LIMIT: Final = 30.0
"""Seconds that a page may take in all."""
SILENCE_LIMIT: Final = 10.0
"""Seconds that a server may stay silent."""
REDIRECT_LIMIT: Final = 5
_CHUNK: Final = 1 << 16
_PAGE_ENDINGS: Final = re.compile(r"\.(html?|php|aspx?|jsp|txt|md|pdf|epub|rss|atom|json|xml|csv)$", re.IGNORECASE)


class FetchError(DeskreaderError):
    """A page that could not be fetched; `reason` says why and `advice` what to do about it."""

    def __init__(self, url: str, reason: str, advice: str = "") -> None:
        super().__init__("Cannot fetch this page", f"{clean_line(url, 200)}: {reason}. {advice}".strip())
        self.reason = reason
        self.advice = advice


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as the server gave it; `address` is where it was found in the end, `declared` its Content-Type."""

    address: str
    data: bytes
    declared: str


def fetch(
    url: str,
    *,
    cancelled: Cancelled = never,
    time_limit: float = TIME_LIMIT,
    size_limit: int = SIZE_LIMIT,
    clock: Callable[[], float] = time.monotonic,
) -> Fetched:
    """The page at an http or https address. Blocks: call it from a thread. Raises `FetchError`."""
    deadline = clock() + time_limit
    url = _plain(url)
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=ssl.create_default_context()),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    headers = {
        "User-Agent": f"Deskreader/{__version__}",
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
        "Accept-Encoding": "gzip",
    }
    try:
        request = urllib.request.Request(url, headers=headers)
        with opener.open(request, timeout=min(SILENCE_LIMIT, time_limit)) as response:
            data = _body(response, url, size_limit, lambda: cancelled() or clock() > deadline)
            if cancelled():
                raise FetchError(url, "it was stopped")
            if clock() > deadline:
                raise FetchError(url, f"it took more than {time_limit:g} seconds", "Try again later.")
            return Fetched(response.geturl(), data, response.headers.get("Content-Type", ""))
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
        raise FetchError(url, *_explain(error, url)) from error


def _plain(url: str) -> str:
    """The address as it is sent, its letters beyond ASCII encoded; raises `FetchError` where it is none."""
    host = _checked(url, url)
    parts = urllib.parse.urlsplit(url)
    try:
        name = host if ":" in host else host.encode("idna").decode()
    except UnicodeError as error:
        raise FetchError(url, "it names no host", "Copy the address once more.") from error
    place = f"[{name}]" if ":" in name else name
    place = f"{place}:{parts.port}" if parts.port else place
    path, query = (urllib.parse.quote(part, safe="/%:@!$&'()*+,;=~?") for part in (parts.path, parts.query))
    return urllib.parse.urlunsplit((parts.scheme, place, path or "/", query, ""))


def _checked(url: str, origin: str) -> str:
    """The host of an address that may be fetched; raises `FetchError` for any other."""
    try:
        parts = urllib.parse.urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(origin, "it is not a web address", "Write https://…") from error
    if parts.scheme not in ("http", "https"):
        said = clean_line(parts.scheme, 20) or "none"
        raise FetchError(origin, f"only http and https are fetched, not {said}", "Write https://…")
    if not host:
        raise FetchError(origin, "it names no host", "Copy the address once more.")
    if not url.isprintable() or any(character.isspace() for character in url):
        raise FetchError(origin, "its address holds characters that no address has", "Copy it once more.")
    return host


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = REDIRECT_LIMIT

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str,
        headers: http.client.HTTPMessage, newurl: str,
    ) -> urllib.request.Request | None:  # fmt: skip
        start = req.origin_req_host
        host = _checked(newurl, req.full_url)
        if _is_inside(host) and not _is_inside(start):
            raise FetchError(req.full_url, "it leads to an address inside this network", "Fetch that one itself.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _is_inside(host: str) -> bool:
    """Whether a host is this machine or on its own network, which a page out there has no business with."""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return any(not ipaddress.ip_address(str(address).partition("%")[0]).is_global for address in found)


def _body(response: Any, url: str, limit: int, stop: Callable[[], bool]) -> bytes:
    packed = response.headers.get("Content-Encoding", "").strip().lower()
    if packed not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError(url, f"it is packed in an unknown way ({clean_line(packed, 20)})", "Save it by hand.")
    unpack = zlib.decompressobj(wbits=31) if "gzip" in packed else None
    parts: list[bytes] = []
    left = limit + 1
    while left > 0 and not stop() and (part := response.read1(_CHUNK)):
        if unpack:
            part = unpack.decompress(part, left)
        parts.append(part)
        left -= len(part)
    if left > 0 and not stop() and (response.length or (unpack and not unpack.eof)):
        raise FetchError(url, "the connection broke before the page was whole", "Try again.")
    if left <= 0:
        raise FetchError(url, f"it is larger than {limit // 1_000_000} MB", "Save the part that matters.")
    return b"".join(parts)


def _explain(error: Exception, url: str) -> tuple[str, str]:
    host = urllib.parse.urlsplit(url).hostname or ""
    if isinstance(error, urllib.error.HTTPError):
        if error.code in (301, 302, 303, 307, 308):
            endless = "infinite loop" in str(error.reason)
            where = "from address to address without end" if endless else "to what is no web page"
            return f"it leads {where}", "Open it in a browser and save the page."
        said = clean_line(f"{error.code} {error.reason}", 100)
        return (
            f"the server answers {said}",
            "Open it in a browser and save the page." if error.code != 404 else "",
        )
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, socket.gaierror):
        return f"{host} is not found: there is no network here, or no such host", "Check the network."
    if isinstance(cause, TimeoutError):
        return f"{host} does not answer", "Check the network, or try again later."
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"the certificate of {host} is not trusted", "Open it in a browser and save the page."
    if isinstance(cause, ssl.SSLError):
        return f"{host} does not speak https there", "Try http://, or open it in a browser and save the page."
    if isinstance(cause, OSError):
        return (
            f"{host} cannot be reached ({clean_line(cause.strerror or str(cause), 100)})",
            "Check the network.",
        )
    return f"the server's answer makes no sense ({type(error).__name__})", "Save the page by hand."


def name_for(fetched: Fetched, asked: str) -> str:
    """A file name for a page: its host, the end of its path, and an ending that fits its type."""
    parts = urllib.parse.urlsplit(fetched.address or asked)
    steps = [step for step in urllib.parse.unquote(parts.path, errors="replace").split("/") if step]
    slug = _PAGE_ENDINGS.sub("", steps[-1]) if steps else "index"
    if parts.query and len(slug) < 6:
        slug = f"{slug}-{urllib.parse.unquote(parts.query, errors='replace')}"
    message = email.message.Message()
    message["Content-Type"] = fetched.declared or "text/html"
    endings = {
        "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md",
        "application/pdf": ".pdf", "application/epub+zip": ".epub", "application/rss+xml": ".rss",
        "application/atom+xml": ".atom", "application/json": ".json", "message/rfc822": ".eml",
        "application/warc": ".warc", "text/csv": ".csv", "application/xml": ".xml", "text/xml": ".xml",
    }  # fmt: skip
    ending = endings.get(message.get_content_type(), "")
    return f"{parts.hostname}-{slug}{ending}"
