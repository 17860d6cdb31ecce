"""Applications, their handling in networks, the endorsement, the authority's case, and the funder's answer."""
