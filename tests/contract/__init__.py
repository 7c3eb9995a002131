"""The publisher's contract, shown on the running service over a socket; docs/contract.md names these tests."""
