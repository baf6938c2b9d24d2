"""A plan's code as a QR picture to scan in the room."""

import io


def code_svg(code: str, title: str) -> bytes:
    """The code as SVG, dark on white with a quiet edge, `title` for screen readers."""
    import segno

    out = io.BytesIO()
    segno.make(code, error="l", micro=False, boost_error=False).save(
        out, kind="svg", scale=3, border=4, dark="#22303d", light="#ffffff", title=title
    )
    return out.getvalue()
