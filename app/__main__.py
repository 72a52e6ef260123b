"""`python -m app` and the command `bluecarbon`."""

from app.bootstrap import main

if __name__ == "__main__":
    main()
