"""A part of the faults that `tests/benchmarks/faults.py` injects: each law is broken by none."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import faults
from injection import FaultyFiles


@pytest.mark.parametrize("operation", list(faults.OPERATIONS))
def test_a_fault_at_any_call_loses_nothing(operation: str, tmp_path: Path) -> None:
    base = tmp_path / "base"
    faults.prepare(base, operation)
    before, after = faults.expected(tmp_path, operation)
    for number, case in enumerate(faults.cases(tmp_path, [operation], 1)):
        if number % 29:
            continue
        work = tmp_path / f"case-{number}"
        faults.copy(base, work)
        outcome = faults.run(work, operation, FaultyFiles(case.call, case.kind))
        assert not faults.verdict(work, case, before, after, outcome), case
