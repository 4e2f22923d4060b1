"""Budgets: what committees, counties, city and platform companies do with their money at the end of a quarter."""

from zonesim.accounts.books.close import close_books
from zonesim.accounts.books.finance import FinanceParameters
from zonesim.accounts.books.parameters import BookParameters
from zonesim.accounts.books.public import borrow_for_factories, room_for_debt

__all__ = ["BookParameters", "FinanceParameters", "borrow_for_factories", "close_books", "room_for_debt"]
