"""Settings that are mappings: shares that add up to one, and industries assigned to zones; what is wrong with one, or None."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zonesim.errors import InputError, nearest
from zonesim.policies.site import SiteInfo


def wrong_shares(value: Any, allowed: tuple[str, ...]) -> str | None:
    """Return what is wrong with shares of some names, or None.

    >>> wrong_shares({"a": 0.5, "b": 0.5}, ("a", "b"))
    >>> wrong_shares({"a": 0.5}, ("a", "b"))
    'the shares add up to 0.5, not to 1'
    """
    if not isinstance(value, Mapping) or not value:
        return f"{value!r} is not a mapping of names to shares (allowed: {', '.join(allowed)})"
    for name, share in value.items():
        if name not in allowed:
            return f"{name!r} is not allowed (allowed: {', '.join(allowed)}){nearest(str(name), allowed)}"
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
            return f"{name}: {share!r} is not a share between 0 and 1"
    total = sum(value.values())
    return None if abs(total - 1) <= 1e-6 else f"the shares add up to {total:g}, not to 1"


def wrong_assignment(value: Any, site: SiteInfo) -> str | None:
    """Return what is wrong with a mapping of zones or places to lists of industries, or None."""
    if not isinstance(value, Mapping):
        return f"{value!r} is not a mapping of zones to lists of industries"
    for place, industries in value.items():
        try:
            site.select([place])
        except InputError as error:
            return str(error)
        if not isinstance(industries, list) or not industries or len(set(map(str, industries))) != len(industries):
            return f"{place}: {industries!r} is not a list of different industries"
        for one in industries:
            if one not in site.industries.ids:
                return f"{place}: unknown industry {one!r}{nearest(str(one), site.industries.ids)}"
    return None
