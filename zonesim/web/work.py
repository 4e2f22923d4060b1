"""The process of one job: runs its scenarios as the command line does, and notes in the table how far it is.

    python -m zonesim.web.work DATA JOB WORKERS SECONDS

The specification of a job holds the scenarios as they were when it was asked for, so that a later change to a file does not reach it.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from zonesim import quarters
from zonesim.errors import InputError, NotTogether, ZonesimError
from zonesim.web.folder import DataFolder
from zonesim.web.jobs import DONE, FAILED, RUNNING, Jobs
from zonesim.web.processes import identity_of


def specification(scenarios: Sequence[Any], replications: int, seed: int, title: dict[str, str]) -> dict[str, Any]:
    """Return what a job is to do.

    Args:
        scenarios: loaded; the first is the reference.
        replications: runs of each, paired by seed.
        seed: seed of the whole.
        title: what it is called, in both languages.

    Raises:
        InputError: two scenarios have the same id, or are of different regions or horizons.
    """
    if len({one.region.id for one in scenarios}) > 1:
        raise NotTogether(
            "scenarios of different regions cannot be compared, and these are of {names}; choose scenarios of one region",
            *((one.region.zh, one.region.en) for one in scenarios),
        )
    ends = sorted({f"{quarters.label(one.start)}–{quarters.label(one.end)}" for one in scenarios})
    if len(ends) > 1:
        raise InputError(f"scenarios over different years cannot be compared, and these run {', '.join(ends)}; choose scenarios over the same years")
    ids = [one.id for one in scenarios]
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        raise InputError(f"two scenarios have the same id {twice[0]!r}; save one of them under another name")
    documents = [{"document": one.resolved, "folder": str(one.enterprises_list.parent) if one.enterprises_list else ""} for one in scenarios]
    return {"title": title, "scenarios": documents, "replications": replications, "seed": seed}


def work(folder: DataFolder, identity: str, workers: int) -> None:
    """Do a job: run, tabulate, save, write the report; every step is noted in the table.

    Raises:
        ZonesimError: what the command line would say.
    """
    jobs = Jobs(folder.jobs)
    job = jobs.get(identity)
    jobs.progress(identity, "reading", 0)
    from zonesim.experiments.study import study
    from zonesim.first_use import compile_kernels
    from zonesim.report.page import write_report
    from zonesim.scenario.schema import build_scenario

    scenarios = [build_scenario(one["document"], lambda *steps: ".".join(map(str, steps)), Path(one["folder"])) for one in job.spec["scenarios"]]
    compile_kernels(
        lambda ready, total: jobs.progress(identity, f"compiling {ready} {total}", 0), workers, waits=lambda: jobs.progress(identity, "awaiting", 0)
    )
    jobs.progress(identity, "running", 0)
    results = study(
        scenarios, job.spec["replications"], job.spec["seed"], workers=workers, progress=lambda done, _all: jobs.progress(identity, "running", done)
    )
    jobs.progress(identity, "writing", job.total)
    target = folder.run_folder(identity)
    results.save(target)
    write_report(results, target / "report.html")


def main(root: str, identity: str, workers: str, seconds: str) -> int:
    """Do a job and note how it ended; never longer than it may."""
    folder = DataFolder(Path(root))
    jobs = Jobs(folder.jobs)
    jobs.belongs_to(identity, os.getpid(), identity_of(os.getpid()))
    if jobs.get(identity).status != RUNNING:
        return 1

    def too_long() -> None:
        if jobs.finish(identity, FAILED, f"took longer than {float(seconds):g} s"):
            folder.discard(identity)
        if os.getpid() == os.getpgrp():  # leads its own session: its workers go with it
            os.killpg(os.getpid(), signal.SIGKILL)
        os._exit(1)

    timer = threading.Timer(float(seconds), too_long)
    timer.daemon = True
    timer.start()
    try:
        work(folder, identity, int(workers))
    except ZonesimError as error:
        jobs.finish(identity, FAILED, str(error))
    except Exception as error:
        traceback.print_exc()
        jobs.finish(identity, FAILED, f"{type(error).__name__}: {error}")
    else:
        jobs.finish(identity, DONE)
        return 0
    finally:
        timer.cancel()
    folder.discard(identity)
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5]))
