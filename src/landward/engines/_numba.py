"""numba with one cache folder per user, never the package folder: kernels compile once.

Importing this module imports numba (about half a second), so import it inside functions or in
modules that are themselves imported lazily.
"""

import os

from landward.engines.compiled import cache_folder

_FOLDER = cache_folder()
if _FOLDER is not None:
    os.environ.setdefault("NUMBA_CACHE_DIR", str(_FOLDER))

import numba  # noqa: E402 - numba reads its cache folder when it is first imported

_REORDER = {"reassoc", "contract", "arcp", "nsz"}

njit = numba.njit(cache=_FOLDER is not None, nogil=True, fastmath=_REORDER, error_model="numpy")
"""`@njit` as used everywhere here: compiled to machine code, cached on disk, without the GIL.

Sums may be reordered (vectorised) and a division by zero gives inf as in numpy; NaN and inf keep
their meaning.
"""

njit_smooth = numba.njit(
    cache=_FOLDER is not None,
    nogil=True,
    error_model="numpy",
    fastmath={"nnan", "ninf", "nsz", "contract", "arcp"},
)
"""For kernels whose every value is finite by construction: no division checks, fused arithmetic."""
