"""A chart's specification drawn as SVG, with the bundled fonts and nothing from the network."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from landward.report.printable import printable_data


def draw_svg(spec: dict[str, Any]) -> str:
    """Draw a Vega-Lite specification; the same specification gives the same SVG.

    The text stays text, in the bundled typeface. Times in a specification must not depend on the
    machine's zone: our charts count days instead.
    """
    import vl_convert

    _register_fonts()
    # A letter that XML cannot hold ends the whole program inside the drawing library.
    safe = printable_data(spec)
    return str(vl_convert.vegalite_to_svg(json.dumps(safe), allowed_base_urls=[]))


@cache
def _register_fonts() -> None:
    import vl_convert

    vl_convert.register_font_directory(str(files("landward.report") / "fonts"))
