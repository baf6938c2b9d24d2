"""What a browser may do with our pages: nothing but what we shipped with them."""

from typing import Literal

from landward.model.said import phrase

_OWN_ONLY = ("script", "style", "img", "font", "connect", "manifest", "worker")


def page_policy(*, forms: Literal["self", "none"], headers: bool) -> str:
    """The content security policy. `forms` says where forms may go.

    As a header it also forbids framing; browsers ignore that part inside a page.
    """
    parts = ["default-src 'none'", *(f"{kind}-src 'self'" for kind in _OWN_ONLY)]
    parts += [phrase("form-action '{forms}'", forms=forms), "base-uri 'none'"]
    parts += ["frame-ancestors 'none'"] if headers else []
    return "; ".join(parts)
