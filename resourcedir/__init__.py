"""Referral and community-resource directory for probation and parole officers."""
