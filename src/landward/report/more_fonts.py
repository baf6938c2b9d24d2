"""Chinese, Japanese and Korean on paper: a font too large for everyone (16 MB), as an extra.

`pip install "landward[cjk]"` brings the package `cvttf-notosanscjk-regular`, whose one file is Noto
Sans CJK TC Regular 1.004 under the SIL Open Font License (`fonts/NotoSansCJK-OFL.txt`; the package
itself names no licence of the font). It is used only where it is that very file, because what it
covers is known from `fonts/coverage-cjk.txt` and never read from a font.
"""

from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "cvttf_NotoSansCJK_Regular"
FILE = "NotoSansCJKtc-Regular.otf"
SHA256 = "f57e46120a3dd025ac993801981849622405d1359b32093b1f046490f7885711"


@cache
def cjk_folder() -> Path | None:
    """The folder of the extra font, where it is installed and the one we know."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    file = Path(spec.origin).with_name(FILE)
    try:
        known = sha256(file.read_bytes()).hexdigest() == SHA256
    except OSError:
        return None
    return file.parent if known else None
