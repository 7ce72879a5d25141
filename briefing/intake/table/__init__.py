"""Registers of meetings, CSV and XLSX → entries that may be put on record; every row that is not one says why."""
