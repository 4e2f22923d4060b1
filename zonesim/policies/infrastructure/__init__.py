"""Instruments of infrastructure and of its finance: works, factories, debts, partners, funds, and who builds."""
