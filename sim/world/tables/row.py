"""What rows are made of: a class declares a table once, and gives its dtype and the row of the Mesa clock.

    class Need(Row):
        pool: i32
        units: i32

`Need.dtype` is the dtype of the table, in this order; `Need()` is a row as an object, with these attributes
and no others; and to the type checker, a row has a `pool` and `units`, which are whole numbers.
"""

import inspect
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    i32 = int  # rows and counts
    i16 = int  # codes, and counts that stay small
    i8 = int  # codes, and yes or no
    f64 = float
else:
    i32, i16, i8, f64 = np.int32, np.int16, np.int8, np.float64

KINDS = {np.int32: "i32", np.int16: "i16", np.int8: "i8", np.float64: "f64"}

CACHE_LINE = 64  # bytes that a processor fetches together

Fields = dict[str, type[np.generic]]


def _fields(name: str, declared: dict[str, object]) -> Fields:
    """The fields that a class declares, in their order."""
    fields: Fields = inspect.get_annotations(type(name, (), dict(declared)), eval_str=True)
    for field, kind in fields.items():
        if kind not in KINDS:
            raise TypeError(f"{name}.{field} is {kind!r}: a field is one of {', '.join(KINDS.values())}")
    return fields


def _aligned(fields: Fields) -> np.dtype[np.void]:
    """The dtype of a table. Aligned, so that compiled code may rely on where a field lies."""
    return np.dtype(list(fields.items()), align=True)


def in_lines(name: str, fields: Fields, lines: tuple[str, ...]) -> np.dtype[np.void]:
    """The dtype of a table with many rows, each of which begins a cache line in a
    `sim.world.copies.laid_out`.

    `lines` names the first field of a row and every other that begins a line: what one part of a day needs
    of a row then costs one wait for memory. The last part may be longer or shorter than a line. Raises
    ValueError where a field lies elsewhere, with what to do about it.
    """
    places = {field: place[1] for field, place in (_aligned(fields).fields or {}).items()}
    for number, first in enumerate(lines):
        _check_line(name, places, first, number * CACHE_LINE)
    whole_lines = -(-_aligned(fields).itemsize // CACHE_LINE) * CACHE_LINE
    return np.dtype(
        {
            "names": list(fields),
            "formats": list(fields.values()),
            "offsets": list(places.values()),
            "itemsize": whole_lines,
        },
        align=True,
    )


def _check_line(name: str, places: dict[str, int], first: str, due: int) -> None:
    """Raise ValueError, with a remedy, if a field does not begin the line that it should."""
    if first not in places:
        raise ValueError(f"{name}: `lines` names {first}, which is no field of it")
    if places[first] == due:
        return
    there = next((field for field, place in places.items() if place == due), None)
    instead = f", or name {there}, which begins that line, in its stead" if there else ""
    over = places[first] - due
    much = f"move {over} bytes of fields" if over > 0 else f"move fields of {-over} bytes"
    where = "from before it to behind it" if over > 0 else "from behind it to before it"
    raise ValueError(
        f"{name}: {first} is to begin a cache line at byte {due} and lies at byte {places[first]}: "
        f"{much} {where}{instead} (`lines`, and 8 bytes an f64, 4 an i32, 2 an i16, 1 an i8)"
    )


class RowType(type):
    """The type of classes of rows: turns a declaration into slots and a dtype."""

    fields: Fields
    dtype: np.dtype[np.void]

    def __new__(
        mcs, name: str, bases: tuple[type, ...], declared: dict[str, object], lines: tuple[str, ...] = ()
    ) -> "RowType":
        """A class of rows. `lines` names the fields that begin a cache line (see `in_lines`).

        Raises TypeError for a field of no kind that a table can hold, ValueError where lines are not full.
        """
        if any(base.__name__ != "Row" for base in bases):  # an agent, which has the fields of its row
            return super().__new__(mcs, name, bases, declared)
        fields = _fields(name, declared)
        slots = {key: value for key, value in declared.items() if not key.startswith("__annot")}
        made = super().__new__(mcs, name, bases, {**slots, "__slots__": tuple(fields)})
        made.fields = fields
        made.dtype = in_lines(name, fields, lines) if lines else _aligned(fields)
        return made


class Row(metaclass=RowType):
    """A row of a table. Made without arguments, it is empty until it is filled (see `sim.world.rows`)."""
