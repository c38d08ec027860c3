"""Slips of the pen: dates and numbers that are near enough to be one another's misprint."""

import datetime


def near_date(written: datetime.date, right: datetime.date) -> bool:
    """One part of the date is another, or day and month are swapped.

    >>> near_date(datetime.date(2025, 10, 6), datetime.date(2025, 6, 10))
    True
    """
    same = (written.day == right.day) + (written.month == right.month) + (written.year == right.year)
    swapped = (written.day, written.month, written.year) == (right.month, right.day, right.year)
    return same >= 2 or swapped


def digit_slip(a: str, b: str) -> bool:
    """Two digits swapped, one left out or one doubled; one digit for another is none: neighbours in a series differ so.

    >>> digit_slip("75", "57"), digit_slip("193", "93"), digit_slip("318", "319")
    (True, True, False)
    """
    a, b = a.lstrip("0"), b.lstrip("0")
    if len(a) == len(b):
        differ = [i for i in range(len(a)) if a[i] != b[i]]
        if len(differ) != 2 or differ[1] != differ[0] + 1:
            return False
        first, second = differ
        return a[first] == b[second] and a[second] == b[first]
    small, large = sorted((a, b), key=len)
    if len(large) - len(small) != 1 or len(large) < 3:
        return False
    return any(large[:i] + large[i + 1 :] == small for i in range(len(large)))
