"""Budgets: what committees, counties, city and platform companies do with their money at the end of a quarter."""

from zonesim.accounts.books.close import close_books
from zonesim.accounts.books.parameters import BookParameters

__all__ = ["BookParameters", "close_books"]
