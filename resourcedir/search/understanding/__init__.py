"""Turns what somebody typed into what it asks: a place, a time, filters, and words.

Knows no index, no database and no page: texts in, pieces out. The phrases stand in ``grammar.csv``.
"""
