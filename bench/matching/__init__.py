"""Clients who were judged by hand, and where they would best be sent: see README.md."""
