"""What every part of the scenario schema is made of: strict models, numbers with units, refusals.

Every field carries its meaning and unit; editors and `docs/reference/scenario.md` are fed from them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import EllipsisType
from typing import Annotated, NoReturn, TypedDict, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidatorFunctionWrapHandler
from pydantic_core import InitErrorDetails, PydanticCustomError

from sim.scenario.reading.problems import MOST_TOLD, shown

Default = TypeVar("Default")

ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]+$"
"""What breaks no line and steers no terminal; `sim.safety.names` leaves out what is not even seen."""

Name = Annotated[str, Field(min_length=1, max_length=120, pattern=ONE_LINE)]
"""A name on one line."""

SHORT, FULL = "<short>", "<in full>"
"""Which of two ways to write something was meant: teams generated or listed, a structure or a register by
name or written out. Pydantic puts them into the place of an error, users never see them.
"""

TOP = "<top>"
"""First part of a refusal's place that counts from the top of the scenario, not from the checked key."""

Refusal = tuple[tuple[str | int, ...], str, str]
"""Where below the checked key, what is wrong, what would be right."""


def refuse(refusals: Iterable[Refusal]) -> None:
    """Raise all `refusals` of one field as one pydantic error; do nothing if there are none."""
    found = list(refusals)
    if found:
        raise _as_error(found)


def refuse_also(error: ValidationError, refusals: list[Refusal]) -> NoReturn:
    """Raise what `error` complains about and `refusals` besides, so that all is told at once."""
    again = [
        InitErrorDetails(
            type=PydanticCustomError(each["type"], "{text}", {**each.get("ctx", {}), "text": each["msg"]}),
            loc=each["loc"],
            input=each["input"],
        )
        for each in error.errors(include_url=False)
    ]
    also = [InitErrorDetails(type=_as_error(refusals), input=None)] if refusals else []
    raise ValidationError.from_exception_data(error.title, [*again, *also]) from None


def checked_with(given: object, check: ValidatorFunctionWrapHandler, refusals: list[Refusal]) -> object:
    """What `check` makes of a value as it was written; raise what it complains about and `refusals` besides.

    `refusals` are of what was written, so they are known even if some of it is of no use. One about a place
    in which `check` finds something wrong waits until that is put right.
    """
    try:
        value: object = check(given)
    except ValidationError as error:
        wrong = {part for each in error.errors(include_url=False) for part in around(_below(each["loc"]))}
        refuse_also(error, [r for r in refusals if r[0] not in wrong])
    refuse(refusals)
    return value


def around(place: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    """A place in nested values and all that it lies in, the outermost first."""
    return (place[:length] for length in range(len(place) + 1))


def _below(place: tuple[str | int, ...]) -> tuple[str | int, ...]:
    return tuple(part for part in place if part not in (SHORT, FULL))


def named_twice(items: object, what: str) -> list[Refusal]:
    """Entries of a list, as it was written, called like one before; `what` is a word for an entry."""
    found: list[Refusal] = []
    taken: set[str] = set()
    for i, item in enumerate(items if isinstance(items, list | tuple) else ()):
        said = item.get("name") if isinstance(item, dict) else getattr(item, "name", None)
        name = said.strip() if isinstance(said, str) else ""
        if name in taken:
            found.append(((i, "name"), f"is {shown(name)} a second time", f"give each {what} its own name"))
        taken |= {name} - {""}
    return found


def _as_error(found: list[Refusal]) -> PydanticCustomError:
    text = "; ".join(f"{wrong}; {right}" for _, wrong, right in found[:MOST_TOLD])
    return PydanticCustomError("refused", "{text}", {"text": text, "refusals": found})


def quantity(
    default: Default | EllipsisType, low: float | None, high: float | None, unit: str, meaning: str
) -> Default:
    """A number of the scenario: its default (... if it must be given), its range (ends included), unit and
    meaning.
    """
    field = Field(default=default, ge=low, le=high, description=meaning, json_schema_extra={"unit": unit})
    return cast(Default, field)  # as pydantic has it: a field stands where its value will be


class Part(BaseModel):
    """Any part of a scenario: frozen, of exactly the types written, without unknown keys, NaN or infinity."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", allow_inf_nan=False, str_strip_whitespace=True
    )


class Context(TypedDict, total=False):
    """What a check knows besides the values: their folder, all as it was written, and the presets of which an
    ingredient was moved, so that they are said in full.
    """

    folder: Path
    written: object
    moved: Collection[str]


def folder_of(context: Context | None) -> Path:
    """The folder that paths of a scenario are relative to: its file's, or the current one for a scenario made
    in Python.
    """
    return context.get("folder", Path()) if context else Path()


def written(context: Context | None, *path: str) -> object:
    """What stands at `path` of the scenario as it was written, sound or not; None if that is not known."""
    return at(context.get("written"), *path) if context else None


def at(data: object, *path: str) -> object:
    """What stands at `path` in nested mappings; None if there is nothing."""
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def mapping_at(data: object, *path: str) -> Mapping[str, object]:
    """The mapping that stands at `path` in nested mappings; an empty one if there is none."""
    found = at(data, *path)
    return found if isinstance(found, dict) else {}


def items_at(data: object, *path: str) -> Sequence[object]:
    """The list that stands at `path` in nested mappings; an empty one if there is none."""
    found = at(data, *path)
    return found if isinstance(found, list | tuple) else ()
