"""What an officer or a team has to do with, in the same few statements for ten rows or thousands.

Names are sealed: they come with the caseload and are sorted in Python. It must not write, nor word
anything; which list something stands in is a rule of ``sections``.
"""

from resourcedir.today.queries.beside import calendars, last_contacts, needs_referred
from resourcedir.today.queries.referred import Referred, referred
from resourcedir.today.queries.work import Work, sort_out, work

__all__ = [
    "Referred",
    "Work",
    "calendars",
    "last_contacts",
    "needs_referred",
    "referred",
    "sort_out",
    "work",
]
