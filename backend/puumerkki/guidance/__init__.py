"""What comes next in a thing, for whoever looks: one step, who takes it, and the way from beginning to end."""
