"""Instruments of this group; every module is found, none is listed."""
