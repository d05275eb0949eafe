"""How the engines are measured: each in a process of its own, in turn, in rounds."""
