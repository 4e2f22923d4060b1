"""Machine code that comes out of Numba's cache, without the LLVM code that is kept beside it until something is to be linked with it.

Numba keeps a compiled function twice: as machine code, and as LLVM code for functions that call it and are compiled later. When it takes one out of
the cache it reads both. No run compiles anything once the cache is full, and reading LLVM code was half of what loading a kernel cost: some 5 of 10 ms.
"""

from __future__ import annotations

from typing import Any

import llvmlite.binding as llvm
import numba
from numba.core.codegen import JITCodeLibrary, JITCPUCodegen

NEWEST = (0, 68)  #: Numba's version up to which this is known to fit; a later one loads in its own way


class StoredLibrary(JITCodeLibrary):  # type: ignore[misc]
    """Code of one function; as from Numba's own class, but for what of it is read when."""

    _unread: bytes | None = None  #: LLVM code that nobody has asked for yet

    @classmethod
    def _unserialize(cls, codegen: Any, state: Any) -> Any:
        name, kind, data = state
        if kind != "object":
            return super()._unserialize(codegen, state)
        library = codegen.create_library(name)
        machine_code, library._unread = data
        library.enable_object_caching()
        library._set_compiled_object(machine_code)
        library._finalize_final_module()
        return library

    def get_pointer_to_function(self, name: str) -> int:
        """Return where one of the functions begins for which this code was made."""
        if self._unread is None:
            return int(super().get_pointer_to_function(name))
        return int(self._codegen._engine.get_function_address(name))

    def _get_module_for_linking(self) -> Any:
        if self._unread is not None:
            self._shared_module = llvm.parse_bitcode(self._unread)
            self._codegen._engine._load_defined_symbols(self._shared_module)
            self._unread = None
        return super()._get_module_for_linking()


def read_late() -> None:
    """Have Numba read LLVM code of the cache only when it links with it."""
    if numba.version_info.short <= NEWEST:
        JITCPUCodegen._library_class = StoredLibrary
