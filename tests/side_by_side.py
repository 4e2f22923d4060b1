"""Worlds that run side by side until they differ."""

from zonesim.experiments.proof import first_difference


def first_felt(models, quarters):
    """Return after how many quarters two worlds differ first, and in which column (0 and an empty string: never); they are released."""
    try:
        for done in range(1, quarters + 1):
            for model in models:
                model.step()
            if column := first_difference(*models):
                return done, column
        return 0, ""
    finally:
        for model in models:
            model.release()
