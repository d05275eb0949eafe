"""An invented directory of any size, questions about it, and the exact answers."""
