"""A driver of its own process, for tests that kill it: ``python -m tests.experiments.drive STORE FUNCTION SAMPLES WORKERS [DASK]``."""

import os
import sys

from zonesim.errors import ZonesimError
from zonesim.experiments.experiment import Experiment
from zonesim.experiments.sweep import sweep

ANGLE = {"low": -3.141592653589793, "high": 3.141592653589793}


def experiment(function, samples):
    return Experiment(model=f"tests.experiments.toy:{function}", levers={"a": ANGLE, "b": ANGLE, "c": ANGLE}, outcomes=["height", "luck"],
                      design={"method": "latin_hypercube", "samples": samples})  # fmt: skip


if __name__ == "__main__":
    store, function, samples, workers, *dask = sys.argv[1:]
    timeout = float(os.environ.get("SWEEP_TIMEOUT", 0)) or None
    print("started", flush=True)
    try:
        status = sweep(experiment(function, int(samples)), store, workers=int(workers), dask=dask[0] if dask else None, timeout=timeout,
                       progress=lambda finished, total, failed: print(finished, flush=True) if finished % 50 == 1 else None)  # fmt: skip
    except ZonesimError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
    print(status.counts)
