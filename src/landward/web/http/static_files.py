"""Style sheet, scripts and fonts: read once, compressed once, named by their content."""

import gzip
import hashlib
from functools import cache
from importlib.resources import files
from mimetypes import guess_type

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from landward.model.said import phrase
from landward.report.figure.roles import style_sheet, variables
from landward.report.palette import CONTRAST, DIM, LIGHT, Palette

FOR_A_YEAR = "public, max-age=31536000, immutable"
FONTS = ("AtkinsonHyperlegible-Regular.ttf", "AtkinsonHyperlegible-Bold.ttf")
TYPES = {".webmanifest": "application/manifest+json", ".ttf": "font/ttf", ".svg": "image/svg+xml"}

THEMES: dict[str, Palette] = {"dim": DIM, "paper": LIGHT, "contrast": CONTRAST}


def tokens() -> str:
    """The three themes as custom properties, from the same palette the charts use."""
    return "\n".join(_theme(name, palette) for name, palette in THEMES.items())


def _theme(name: str, palette: Palette) -> str:
    lines = "".join(
        f"--{field.replace('_', '-')}:{value};"
        for field, value in palette.model_dump(exclude={"name"}).items()
    )
    lines += variables(palette)
    scheme = "light" if name == "paper" else "dark"
    return f'[data-theme="{name}"]{{color-scheme:{scheme};{lines}}}'


@cache
def contents() -> dict[str, bytes]:
    """Every static file by name; the style sheet begins with the themes."""
    found = {
        entry.name: entry.read_bytes()
        for entry in (files("landward.web") / "static").iterdir()
        if entry.is_file()
    }
    fonts = files("landward.report") / "fonts"
    found |= {name: (fonts / name).read_bytes() for name in FONTS}
    found["style.css"] = "\n".join((tokens(), style_sheet(), found["style.css"].decode())).encode()
    return found


@cache
def _packed(name: str) -> bytes:
    return gzip.compress(contents()[name], 9, mtime=0)


@cache
def address(name: str) -> str:
    """Where a page finds a static file; the address changes when the file does."""
    digest = hashlib.sha256(contents()[name]).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


async def serve_static(request: Request) -> Response:
    """One static file, compressed where the browser takes it."""
    name = str(request.path_params["name"])
    if name not in contents():
        return PlainTextResponse(phrase("There is no such file."), 404)
    suffix = "." + name.rsplit(".", 1)[-1]
    kind = TYPES.get(suffix) or guess_type(name)[0] or "application/octet-stream"
    headers = {"cache-control": FOR_A_YEAR if request.query_params.get("v") else "no-cache"}
    body = contents()[name]
    if "gzip" in request.headers.get("accept-encoding", ""):
        packed = _packed(name)
        if len(packed) < len(body):
            return Response(
                packed,
                media_type=kind,
                headers={**headers, "content-encoding": "gzip", "vary": "accept-encoding"},
            )
    return Response(body, media_type=kind, headers={**headers, "vary": "accept-encoding"})
