"""Applications: the working copy, frozen versions, and to whom they go."""
