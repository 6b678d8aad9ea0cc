"""Every order: functions that turn a case, an order and a policy into events, or refuse.

Each takes a Draft (the case and what has been decided so far) and the order's own words as keyword
arguments. A class for each order was left out: it says nothing that the signature does not, and
costs every command 0.5 to 1.2 ms a class at start.
"""
