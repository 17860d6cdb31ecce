"""The kinds of things that comments, agenda items, tasks and events can be about."""

from puumerkki.kernel.refs import Subject

SUBJECTS: tuple[Subject, ...] = ()
