"""The benchmark: the app beside programs that do the least possible for the same answer. `make bench`."""
