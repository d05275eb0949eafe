"""What a person judged of 160 queries, before search was tuned for them: see README.md."""
