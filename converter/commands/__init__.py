"""The commands, one module each; what they share is in ``options.py`` and ``run.py``."""
