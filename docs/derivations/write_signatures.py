"""Write ``zonesim/data/signatures.json``: with which types the model calls its kernels, so that the first use can compile them side by side.

They are what Python calls in runs of Lanzhou without and with its plan, with few enterprises: ``python docs/derivations/write_signatures.py``.
Run it when a test says that the file is old. What runs of other scenarios call besides is compiled when it is first called.
"""

import json
from pathlib import Path
from typing import Any

from zonesim.first_use import compile_kernels
from zonesim.signatures import FILE, kernel_at, recorded

LANZHOU = Path(__file__).parents[2] / "scenarios" / "lanzhou"


def signatures() -> dict[str, list[str]]:
    """Return the signatures by kernel, the longest kernels first. A process can do this once, before it has run the model."""
    from zonesim.model import simulate
    from zonesim.scenario import load_scenario

    with recorded() as found:
        for name in ("plan_2015", "baseline"):
            simulate(load_scenario(LANZHOU / f"{name}.yaml", ["founding.scale=50"]))
    return dict(sorted(found.items(), key=lambda one: (-length(kernel_at(one[0])), one[0])))


def length(kernel: Any, seen: set[Any] | None = None) -> int:
    """Return the bytes of code of a kernel and of what it calls: so long, about, it takes to compile."""
    seen = set() if seen is None else seen
    if not hasattr(kernel, "py_func") or kernel in seen:
        return 0
    seen.add(kernel)
    function = kernel.py_func
    return len(function.__code__.co_code) + sum(length(function.__globals__.get(name), seen) for name in function.__code__.co_names)


def main() -> None:
    """Write the file."""
    compile_kernels()
    FILE.write_text(json.dumps(signatures(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
