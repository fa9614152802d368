"""``python -m converter`` and the ``converter`` command."""

from converter.cli import main

if __name__ == "__main__":
    main()
