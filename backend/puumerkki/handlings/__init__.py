"""How a network handles an application: reading, ballots, meetings' decisions."""
