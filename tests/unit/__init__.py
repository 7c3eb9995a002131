"""Tests of one room each, without a network, a database or a process."""
