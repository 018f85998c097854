"""Watching whatever framework a program uses, from when it is imported."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from slopes.doctor.case import Case
from slopes.doctor.on_import import when_imported


@contextmanager
def watching(case: Case, steps: int) -> Iterator[None]:
    """Show a case what is done inside the block with PyTorch, Keras and the boosting libraries."""
    with ExitStack() as watches, ExitStack() as finders:

        def when(package: str, watch: Callable[[], AbstractContextManager[object] | None]) -> None:
            def begin() -> None:
                entered = watch()
                if entered is not None:
                    watches.enter_context(entered)

            finders.enter_context(when_imported(package, begin))

        def torch() -> AbstractContextManager[object]:
            from slopes.doctor.watching_torch import Watch

            return Watch(case, steps)

        def keras() -> AbstractContextManager[object] | None:
            if not hasattr(sys.modules["keras"], "Operation"):  # Keras 2 has none, and is not watched
                return None
            from slopes.doctor.watching_keras import Watch

            return Watch(case, steps)

        def boosting(library: str) -> AbstractContextManager[object]:
            from slopes.doctor.watching_boosting import watching

            return watching(library, case, steps)

        when("torch", torch)
        when("keras", keras)
        for library in ("xgboost", "lightgbm", "catboost"):
            when(library, lambda library=library: boosting(library))  # type: ignore[misc]
        yield
