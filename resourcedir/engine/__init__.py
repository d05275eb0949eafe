"""A full-text index with filters, facets and places, kept as a copy of a database.

It knows documents, fields, filters and places, and nothing of what they are about. It must never
import a room of the application, Flask or SQLAlchemy. Whoosh is imported here and nowhere else.
"""
