"""The words of the field: what people need, and what services ask of them.

``terms`` is the tree of needs, ``vocabulary`` the flat lists that services and clients share. Both
are tables in our own words, read once; nothing here knows a service or a person.
"""
