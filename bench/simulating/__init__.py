"""A month of referrals: a town, its people, and what must hold of what they leave behind."""
