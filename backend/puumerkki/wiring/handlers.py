"""All reactions at a glance: event → handlers, run in the transaction of the event."""

from puumerkki.kernel.events import Event, Handler

HANDLERS: dict[type[Event], tuple[Handler, ...]] = {}
