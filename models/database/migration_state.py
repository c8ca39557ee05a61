"""What migrations know of the tables while they run, in time that grows with the operations alone.

Tortoise makes every model anew for each operation, twice: with 36 models and 130 operations that takes seconds, and each
table more makes every operation slower. Here a model is made when an operation asks for it, with those its columns refer to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.graph import MigrationKey
from tortoise.migrations.schema_generator.state import ModelState, State
from tortoise.migrations.schema_generator.state_apps import StateApps
from tortoise.models import Model

Models = dict[tuple[str, str], ModelState]
"""How each model looks at a point between two operations, by app and name."""


class AppsOnDemand(StateApps):
    """Makes a model of `states` when it is asked for, and keeps it until something changes."""

    def __init__(self, states: Models, default_connections: dict[str, str]) -> None:
        super().__init__(default_connections=default_connections)
        self._states = states

    def get_model(self, app_label: str, model_name: str | None = None) -> type[Model]:
        """The model. Raises `KeyError` when there is none."""
        key = self.split_reference(app_label) if model_name is None else (app_label, model_name)
        if key[1] not in self.apps.get(key[0], {}):
            for label, name in self._referred_to_by(key):
                if name not in self.apps.get(label, {}):
                    self.register_model(label, self._states[label, name].render(self))
            self._init_relations()
            self._build_initial_querysets()
        return self.apps[key[0]][key[1]]

    def _referred_to_by(self, key: tuple[str, str]) -> set[tuple[str, str]]:
        """The model itself and all that it needs to be complete, over any number of steps."""
        needed, waiting = set[tuple[str, str]](), [key]
        while waiting:
            if (looked_at := waiting.pop()) not in needed:
                needed.add(looked_at)
                waiting += [target for target in self._targets(looked_at) if target in self._states]
        return needed

    def _targets(self, key: tuple[str, str]) -> Iterator[tuple[str, str]]:
        for field in self._states[key].fields.values():
            if isinstance(field, ForeignKeyFieldInstance):  # of which a one-to-one relation is one
                yield self.split_reference(field.model_name)

    def copy_of(self, states: Models) -> AppsOnDemand:
        """The same for other states."""
        return AppsOnDemand(states, self._default_connections)


class StateOnDemand(State):
    """The models between two operations."""

    apps: AppsOnDemand

    def reload_model(self, app_label: str, model_name: str) -> None:
        self.reload_models([(app_label, model_name)])

    def reload_models(self, model_tuples: Iterable[tuple[str, str]]) -> None:
        """A model has changed: those that were made may refer to what it was."""
        self.apps.apps.clear()

    def clone(self) -> StateOnDemand:
        states = {key: state.clone() for key, state in self.models.items()}
        return StateOnDemand(models=states, apps=self.apps.copy_of(states))


class Executor(MigrationExecutor):
    """Tortoise's, with the state above. It only goes forward."""

    async def _project_state(self, applied: set[MigrationKey], *, upto: MigrationKey | None = None) -> State:
        connections = {
            label: app.get("default_connection", "default") for label, app in self.loader.apps_config.items()
        }
        states: Models = {}
        state = StateOnDemand(models=states, apps=AppsOnDemand(states, connections))
        for key in self._full_plan():
            migration = self.loader.graph.nodes[key]
            if key in applied and migration is not None:
                await migration.apply(state, dry_run=True)
        return state
