"""Passing a world to compiled rules by reference: one pointer, instead of two hundred numbers.

numba passes a tuple of arrays by value, seven machine words a table. For rules as small as ours that costs
more than their work, and most of the time to compile them. So the tuple is put on the stack once, and
rules get a `Reference` to it, which has the tables as attributes.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.core.datamodel import models
from numba.core.typing.templates import AttributeTemplate
from numba.extending import infer_getattr, intrinsic, lower_getattr_generic, register_model


class Reference(types.Type):  # type: ignore[misc]
    """The type of a pointer to a named tuple of tables."""

    def __init__(self, tables: types.NamedTuple) -> None:
        self.tables = tables
        super().__init__(name=f"Reference({tables.instance_class.__name__})")

    @property
    def key(self) -> Any:
        """What makes two such types equal."""
        return self.tables


@register_model(Reference)
class ReferenceModel(models.PrimitiveModel):  # type: ignore[misc]
    """Represented as a pointer to the tuple's own representation."""

    def __init__(self, manager: Any, reference: Reference) -> None:
        inner = manager.lookup(reference.tables).get_value_type()
        super().__init__(manager, reference, ir.PointerType(inner))


@infer_getattr
class ReferenceAttributes(AttributeTemplate):  # type: ignore[misc]
    """The attributes of a reference are the fields of the tuple."""

    key = Reference

    def generic_resolve(self, reference: Reference, name: str) -> Any:
        """The type of a table."""
        if name in reference.tables.fields:
            return reference.tables.types[reference.tables.fields.index(name)]
        return None


@lower_getattr_generic(Reference)  # type: ignore[untyped-decorator]
def _load_table(context: Any, builder: Any, reference: Reference, pointer: Any, name: str) -> Any:
    index = reference.tables.fields.index(name)
    return builder.load(cgutils.gep_inbounds(builder, pointer, 0, index))


@intrinsic  # type: ignore[untyped-decorator]
def by_reference(typing_context: Any, tables: types.NamedTuple) -> Any:
    """A reference to a named tuple, valid as long as the calling function runs."""

    def lower(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return cgutils.alloca_once_value(builder, arguments[0])

    return Reference(tables)(tables), lower
