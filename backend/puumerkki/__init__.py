"""Puumerkki."""

import gc

# a second of every start went into looking for garbage among modules that stay (`kernel.memory` sets it anew)
gc.set_threshold(100_000, 20, 50)
