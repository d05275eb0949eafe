"""What measurements and tests of the loop share: people who act, and what must hold afterwards."""
