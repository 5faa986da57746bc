"""Passing a world to compiled rules by reference: one pointer, instead of two hundred numbers.

numba passes a tuple of arrays by value, seven machine words a table. For rules as small as ours that costs
more than their work, and most of the time to compile them. So the tuple is put on the stack once, and
rules get a `Reference` to it. Its attributes are `Table`s: pointers to arrays that never move, whose rows
are counted from 0 only, so that `world.tasks[k]` is one addition and one multiplication.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from llvmlite import ir
from numba.core import cgutils, types
from numba.core.datamodel import models
from numba.core.typing.templates import AbstractTemplate, AttributeTemplate, infer_global, signature
from numba.extending import (
    infer_getattr,
    intrinsic,
    lower_builtin,
    lower_getattr_generic,
    register_model,
)

if TYPE_CHECKING:
    from numba.core.base import BaseContext
    from numba.core.datamodel.manager import DataModelManager
    from numba.core.typing.context import BaseContext as TypingContext
    from numba.core.typing.templates import Signature


class Reference(types.Type):
    """The type of a pointer to a named tuple of tables."""

    def __init__(self, tables: types.NamedTuple) -> None:
        self.tables = tables
        super().__init__(name=f"Reference({tables.instance_class.__name__})")

    @property
    def key(self) -> types.NamedTuple:
        """What makes two such types equal."""
        return self.tables


class Table(types.Type):
    """The type of a pointer to one of the arrays of such a tuple."""

    def __init__(self, array: types.Array) -> None:
        self.array = array
        super().__init__(name=f"Table({array.dtype})")

    @property
    def key(self) -> types.Array:
        """What makes two such types equal."""
        return self.array


@register_model(Reference)
class ReferenceModel(models.PrimitiveModel):
    """Represented as a pointer to the tuple's own representation."""

    def __init__(self, manager: DataModelManager, reference: Reference) -> None:
        inner = manager.lookup(reference.tables).get_value_type()
        super().__init__(manager, reference, ir.PointerType(inner))


@register_model(Table)
class TableModel(models.PrimitiveModel):
    """Represented as a pointer to the array's own representation."""

    def __init__(self, manager: DataModelManager, table: Table) -> None:
        inner = manager.lookup(table.array).get_value_type()
        super().__init__(manager, table, ir.PointerType(inner))


@infer_getattr
class ReferenceAttributes(AttributeTemplate):
    """The attributes of a reference are the fields of the tuple."""

    key = Reference

    def generic_resolve(self, reference: Reference, name: str) -> Table | None:
        """The type of a table."""
        if name in reference.tables.fields:
            return Table(reference.tables.types[reference.tables.fields.index(name)])
        return None


@infer_global(operator.getitem)
class RowOfTable(AbstractTemplate):
    """`table[k]` is a row, or a number."""

    def generic(self, args: Sequence[types.Type], kws: Mapping[str, types.Type]) -> Signature | None:
        """The type of a row, if this is a table."""
        if isinstance(args[0], Table):
            return signature(args[0].array.dtype, args[0], types.intp)
        return None


@infer_global(operator.setitem)
class SetNumberOfTable(AbstractTemplate):
    """`table[k] = number`, of a table of numbers."""

    def generic(self, args: Sequence[types.Type], kws: Mapping[str, types.Type]) -> Signature | None:
        """The signature, if this is a table."""
        if isinstance(args[0], Table) and not isinstance(args[0].array.dtype, types.Record):
            return signature(types.none, args[0], types.intp, args[0].array.dtype)
        return None


@infer_global(len)
class LengthOfTable(AbstractTemplate):
    """`len(table)` is the number of its rows."""

    def generic(self, args: Sequence[types.Type], kws: Mapping[str, types.Type]) -> Signature | None:
        """The signature, if this is a table."""
        if isinstance(args[0], Table):
            return signature(types.intp, args[0])
        return None


@lower_getattr_generic(Reference)
def _table(
    context: BaseContext, builder: ir.IRBuilder, reference: Reference, pointer: ir.Value, name: str
) -> ir.Value:
    return cgutils.gep_inbounds(builder, pointer, 0, reference.tables.fields.index(name))


def _field(
    context: BaseContext, builder: ir.IRBuilder, table: Table, pointer: ir.Value, name: str
) -> ir.Value:
    """A field of the array's representation, which does not change as long as the reference lives."""
    model = context.data_model_manager.lookup(table.array)
    value = builder.load(cgutils.gep_inbounds(builder, pointer, 0, model.get_field_position(name)))
    value.set_metadata("invariant.load", builder.module.add_metadata([]))
    return value


def _row_pointer(
    context: BaseContext, builder: ir.IRBuilder, table: Table, pointer: ir.Value, row: ir.Value
) -> ir.Value:
    return builder.gep(_field(context, builder, table, pointer, "data"), [row], inbounds=True)


@lower_builtin(operator.getitem, Table, types.Integer)
def _get_row(
    context: BaseContext, builder: ir.IRBuilder, kind: Signature, arguments: Sequence[ir.Value]
) -> ir.Value:
    row = _row_pointer(context, builder, kind.args[0], *arguments)
    return context.unpack_value(builder, kind.return_type, row)


@lower_builtin(operator.setitem, Table, types.Integer, types.Any)
def _set_number(
    context: BaseContext, builder: ir.IRBuilder, kind: Signature, arguments: Sequence[ir.Value]
) -> ir.Value:
    pointer, row, value = arguments
    context.pack_value(
        builder, kind.args[2], value, _row_pointer(context, builder, kind.args[0], pointer, row)
    )
    return context.get_dummy_value()


@lower_builtin(len, Table)
def _length(
    context: BaseContext, builder: ir.IRBuilder, kind: Signature, arguments: Sequence[ir.Value]
) -> ir.Value:
    return _field(context, builder, kind.args[0], arguments[0], "nitems")


@intrinsic
def by_reference(
    typing_context: TypingContext, tables: types.NamedTuple
) -> tuple[Signature, Callable[..., ir.Value]]:
    """A reference to a named tuple, valid as long as the calling function runs."""

    def lower(
        context: BaseContext, builder: ir.IRBuilder, signature: Signature, arguments: Sequence[ir.Value]
    ) -> ir.Value:
        pointer = cgutils.alloca_once_value(builder, arguments[0])
        # The optimiser must not know where the pointer comes from: it takes what is loaded through it to be
        # the same at all times, also before the tuple was put there.
        opaque = ir.FunctionType(pointer.type, [pointer.type])
        return builder.asm(opaque, "", "=r,0,~{memory}", [pointer], side_effect=True)

    return Reference(tables)(tables), lower
