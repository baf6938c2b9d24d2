"""Inside a room imports run one way, also those only for type checking."""

from graphlib import TopologicalSorter

import grimp
import pytest


@pytest.mark.parametrize("room", ["landward.model", "landward.vault"])
def test_no_file_of_a_room_imports_another_in_a_circle(room: str) -> None:
    graph = grimp.build_graph("landward", include_external_packages=False)
    files = {name for name in graph.modules if name.startswith(f"{room}.")}
    needs = {name: graph.find_modules_directly_imported_by(name) & files for name in files}
    order = list(TopologicalSorter(needs).static_order())  # raises CycleError, naming the circle
    assert set(order) == files and len(files) > 20
