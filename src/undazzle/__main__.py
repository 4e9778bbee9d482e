"""``python -m undazzle``."""

from undazzle.cli.main import main

if __name__ == "__main__":
    main()
