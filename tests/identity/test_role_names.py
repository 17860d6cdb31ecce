"""Roles are called in mails what they are called on the screens."""

import pytest

from puumerkki.access.roles import Role
from puumerkki.identity.role_names import role_name
from tests.message_catalogues import LANGUAGES, said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", list(Role))
def test_a_role_has_one_name(role: Role, language: str) -> None:
    assert role_name(role, language) == said(language, role.value.capitalize(), context="Role").lower()
