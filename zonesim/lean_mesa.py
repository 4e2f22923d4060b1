"""Mesa as the model uses it: agents, model, collection of data; the rest of it is read when somebody asks for it.

Mesa's package reads all of itself when it is imported, and with it SciPy's geometry, NetworkX and progress bars: several tenths of a second of every
command. And to learn the name of its caller its logging has ``inspect`` read the source of every frame of the stack, and look through the files of all
modules: as long again where imports are nested deeply.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from types import FrameType, FunctionType, ModuleType
from typing import Any

from zonesim.postponed import postpone


def _frame_and_caller(frame: FrameType, context: int = 1) -> list[inspect.FrameInfo]:  # noqa: ARG001 (it stands in for inspect.getouterframes)
    both = (frame, frame.f_back or frame)
    return [inspect.FrameInfo(one, one.f_code.co_filename, one.f_lineno, one.f_code.co_name, None, None) for one in both]


def _module_of(object: Any, _filename: str | None = None) -> ModuleType:
    return sys.modules[object.f_globals["__name__"]]


@contextmanager
def _near_at_hand() -> Iterator[None]:
    """Let ``inspect`` tell of a frame and its caller alone, without their source, and of a frame's module by its name."""
    usual = inspect.getouterframes, inspect.getmodule
    inspect.getouterframes, inspect.getmodule = _frame_and_caller, _module_of
    try:
        yield
    finally:
        inspect.getouterframes, inspect.getmodule = usual


for _name in ("mesa", "mesa.space", "mesa.discrete_space", "mesa.experimental"):  # newer models take single modules out of the last
    postpone(_name)
from mesa.agent import Agent  # noqa: E402  (after its package)

setattr(sys.modules["mesa"], "Agent", Agent)  # noqa: B010  (newer collectors of data ask the package for it, which need not be read for that)
from mesa.datacollection import DataCollector  # noqa: E402

with _near_at_hand():
    from mesa.model import Model


class NumberCollector(DataCollector):  # type: ignore[misc]
    """Collects numbers that functions of the model return without copying them; Mesa's own looks at each reporter again in every step, and copies all.

    What is no number is copied, and where somebody adds other reporters (methods, names of attributes, of agents) all is collected as Mesa does.
    """

    def collect(self, model: Model) -> None:
        """Append what each reporter says of the model now."""
        if self.agent_reporters or self.agenttype_reporters or not all(isinstance(one, FunctionType) for one in self.model_reporters.values()):
            super().collect(model)
            return
        if hasattr(self, "_collection_steps"):  # newer models ask when something was collected
            self._collection_steps.append(model.time)
        for name, reporter in self.model_reporters.items():
            said = reporter(model)
            self.model_vars[name].append(said if isinstance(said, int | float | str) else deepcopy(said))


__all__ = ["Agent", "Model", "NumberCollector"]
