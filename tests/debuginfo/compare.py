# SPDX-License-Identifier: GPL-2.0
"""
Run inside gdb, which loads a file by the command $LOAD: what it says of each
pair in $PAIRS (see locals.c) against what stands there. gdb sees the machine that `locals remote` invents. Prints what
differs, then a summary.

A debugger cannot follow a value back to the function's entry on a machine
without callers: it must then say that there is none.
"""
import os
import gdb

OTHER_CLASSES = (gdb.SYMBOL_LOC_TYPEDEF, gdb.SYMBOL_LOC_LABEL, gdb.SYMBOL_LOC_BLOCK)
limit = 20
counts = {}
differing = []


def find_symbol(pc, name):
    """The variable that a name stands for at an address: of the innermost block that has one."""
    block = gdb.block_for_pc(pc)
    while block is not None and not block.is_static and not block.is_global:
        for symbol in block:
            if symbol.name == name and symbol.addr_class not in OTHER_CLASSES:
                return symbol
        if block.function is not None and not is_inlined(block):
            break
        block = block.superblock
    return None


def is_inlined(block):
    outer = block.superblock
    return outer is not None and not outer.is_static and not outer.is_global


def leaves(value, bit, out):
    """The scalars in a value, each as (bit offset, bits, number or None)."""
    t = value.type.strip_typedefs()
    if t.code in (gdb.TYPE_CODE_STRUCT, gdb.TYPE_CODE_UNION):
        for field in t.fields():
            bits = field.bitsize
            if bits:
                out.append((bit + field.bitpos, bits, number(value[field])))
            else:
                leaves(value[field], bit + field.bitpos, out)
    elif t.code == gdb.TYPE_CODE_ARRAY:
        low, high = t.range()
        size = t.target().sizeof * 8
        for i in range(low, min(high, low + 15) + 1):
            leaves(value[i], bit + (i - low) * size, out)
    else:
        out.append((bit, t.sizeof * 8, number(value)))
    return out


def number(value):
    if value.is_optimized_out:
        return None
    try:
        return int(value.format_string(format="x"), 16) if value.type.sizeof > 8 else int(value)
    except gdb.error:
        return None


def same_object(value, size, ours):
    """None, or what gdb has instead."""
    if value.is_optimized_out and (ours == "-" or set(ours) == {"."} or not {".", "?"} & set(ours)):
        return None if ours == "-" or set(ours) == {"."} else "optimized out"
    if value.address is not None:
        if int(value.address) == 0:    # the linker left it out
            return None if ours == "-" else "nowhere"
        theirs = "@%#x" % (int(value.address) & (2**64 - 1))
        return None if ours == theirs else theirs
    if ours == "-" or ours[0] == "@":
        return "a value"
    if value.type.strip_typedefs().sizeof != size:
        return "%d bytes" % value.type.strip_typedefs().sizeof
    for bit, bits, theirs in leaves(value, 0, []):
        field = ours[bit // 8 * 2:(bit + bits + 7) // 8 * 2]
        if "?" in field:
            continue
        if "." in field:
            # gdb takes what no piece says anything of for 0, as clang leaves it out at the end
            if theirs == 0 and set(ours[bit // 8 * 2:]) == {"."}:
                continue
            if theirs is not None:
                return "a value at bit %d" % bit
            continue
        raw = int.from_bytes(bytes.fromhex(field), "little") >> bit % 8 & (1 << bits) - 1
        if theirs is None or theirs & (1 << bits) - 1 != raw:
            return "%s at bit %d" % (theirs, bit)
    return None


def compare(pc, name, kind, size, ours):
    symbol = find_symbol(pc, name)
    if symbol is None:
        return "no such variable"
    frame = gdb.newest_frame()
    try:
        value = symbol.value(frame) if symbol.needs_frame else symbol.value()
        if kind == "points" and ours != "-":
            return same_object(value.dereference(), size, ours)
        if kind == "points":
            return None if not value.is_optimized_out else "optimized out"
        if kind == "entry":
            return None if value.is_optimized_out or None in [v for _, _, v in leaves(value, 0, [])] else "a value"
        return same_object(value, size, ours)
    except gdb.error as e:
        if "DW_OP_GNU_uninit must" in str(e):    # gdb refuses gcc's mark of pieces that are not initialized
            return None
        return "optimized out" if "optimized out" in str(e) else "an error: %s" % e


def main():
    gdb.execute("set pagination off")
    gdb.execute("set confirm off")
    gdb.execute("set print entry-values no")
    gdb.execute("set architecture i386:x86-64")
    gdb.execute(os.environ["LOAD"])
    gdb.execute("set remotetimeout 20")
    gdb.execute("target remote | %s remote" % os.environ["LOCALS"])
    for line in open(os.environ["PAIRS"]):
        pc, _, name, kind, size, ours = line.split()
        # not `set $pc`: it would look for the frame that it was said in, on a stack without an end
        gdb.execute("monitor " + pc, to_string=True)
        gdb.execute("maintenance flush register-cache", to_string=True)
        theirs = compare(int(pc, 16), name, kind, int(size), ours)
        counts[kind] = counts.get(kind, 0) + 1
        if theirs is not None:
            differing.append("%s; gdb: %s" % (line.strip(), theirs))
    for d in differing[:limit]:
        print("differs: " + d)
    print("compared %d, differing %d: %s" % (
        sum(counts.values()), len(differing), ", ".join("%s %d" % k for k in sorted(counts.items()))))


main()
