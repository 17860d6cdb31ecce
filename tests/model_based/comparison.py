"""What the API answered, held against the model."""

from collections.abc import Set
from typing import Any
from uuid import UUID

from tests.model_based.entities import Request
from tests.model_based.people import Somebody
from tests.model_based.setup import Ground


class Held(Ground):
    """A walk that compares."""

    def may(
        self,
        who: Somebody,
        what: str,
        answer: Any,
        sees: bool,
        may: bool,
        thing: Any = None,
        *,
        blocks: Set[str] | None = None,
    ) -> bool:
        """Readable comes before permission, that before what blocks. `blocks`: None where the model does not know it.

        Whether it was done.
        """
        status: int = answer.status_code
        if who.anonymous:
            self.hold(who, what, status, {401}, thing)
        elif not sees:
            self.hold(who, what, status, {404}, thing)
        elif not may:
            self.hold(who, what, status, {403}, thing)
        elif blocks is None:
            self.hold(who, what, status, {200, 201, 204, 409}, thing)
        elif not blocks:
            self.hold(who, what, status, {200, 201, 204}, f"{thing} {answer.text[:300]}")
        else:
            self.hold(who, what, status, {409}, f"{thing}, blocked by {sorted(blocks)}")
            code = answer.json().get("code") if status == 409 else None
            self.seen[f"blocked by {code}"] += 1
            if code is not None and code not in blocks:
                self.differ(who, f"{what}: {code}, not one of {sorted(blocks)}; {thing}")
        return bool(answer.is_success)

    def hold(self, who: Somebody, what: str, status: int, allowed: set[int], thing: Any = None) -> None:
        self.seen[f"answers {status}"] += 1
        if status not in allowed:
            self.differ(who, f"{what}: {status}, not {sorted(allowed)}; {thing}")

    def differ(self, who: Somebody, what: str) -> None:
        self.differences.append(f"step {self.steps}, {who}: {what}")

    def same_case(self, who: Somebody, what: str, shown: dict[str, Any], one: Request) -> None:
        """The case is shown as the model has it: its state, its version, and how each policy's row stands."""
        rows = {UUID(row["policy"]["id"]): (row["standing"], row["cause"]) for row in shown["requirements"]}
        applicants = {UUID(each["id"]) for each in shown["applicants"]}
        got = (shown["state"], shown["version_number"], shown["to_look_at"], rows, applicants)
        standing = {
            key: ("waived" if row.waived else "released" if row.ground else self._row_status(one, key), row.cause)
            for key, row in one.rows.items()
        }
        expected = (one.state, one.version, one.look, standing, set(self.model.version(one).applicants))
        if got != expected:
            self.differ(who, f"{what}: {got}, not {expected}")

    def _row_status(self, one: Request, policy: UUID) -> str:
        if self.model.endorsement_for(one, policy) is not None:
            return "met"
        return "conditions_open" if self.model.with_endorsement(one, policy) else "missing"
