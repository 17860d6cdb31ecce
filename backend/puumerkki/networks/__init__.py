"""Networks, their members, rulebooks, decisions and admissions."""
