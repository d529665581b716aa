"""Runs in the bundle before the program: what it starts (LibreOffice, the file manager) shall use the system's libraries.

The starter put the bundle's folder into LD_LIBRARY_PATH. The loader has read that by now; those who inherit it would load
the bundle's libraries in place of their own.
"""

import os

_VARIABLE = "LD_LIBRARY_PATH"

before = os.environ.pop(f"{_VARIABLE}_ORIG", None)
os.environ.pop(_VARIABLE, None)
if before is not None:
    os.environ[_VARIABLE] = before
