"""What the application declares, whatever other tests have declared beside it."""

import sys

import puumerkki.web.app as _every_list_is_declared_there
from puumerkki.kernel.reads.listings import Listing

assert _every_list_is_declared_there


def listings() -> list[Listing]:
    """All lists, by name: each is a constant of a module."""
    modules = [module for name, module in list(sys.modules.items()) if name.startswith("puumerkki.")]
    found = {id(one): one for module in modules for one in list(vars(module).values()) if isinstance(one, Listing)}
    return sorted(found.values(), key=lambda one: one.name)
