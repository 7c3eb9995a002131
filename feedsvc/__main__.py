"""`python -m feedsvc` is `feedsvc`."""

from .cli import main

main()
