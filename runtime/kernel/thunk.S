/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Calls out of hot code that preserve every register but rax: see DTC_CALL in
 * emit-cpu.h. %rdi is the CPU's state.
 */
#include <linux/linkage.h>
#include <asm/asm.h>
#ifndef RET
#define RET ret
#endif

.macro DTC_THUNK func
SYM_FUNC_START(\func\()_thunk)
	pushq %rcx
	pushq %rdx
	pushq %rsi
	pushq %rdi
	pushq %r8
	pushq %r9
	pushq %r10
	pushq %r11
	call \func
	popq %r11
	popq %r10
	popq %r9
	popq %r8
	popq %rdi
	popq %rsi
	popq %rdx
	popq %rcx
	RET
SYM_FUNC_END(\func\()_thunk)
.endm

	.text
DTC_THUNK dtc_enter_timed
DTC_THUNK dtc_leave_timed
DTC_THUNK dtc_reserve_slow
DTC_THUNK dtc_reserve_exit_slow
DTC_THUNK dtc_reserve_failed
DTC_THUNK dtc_fault_slow
DTC_THUNK dtc_exit_slow
DTC_THUNK dtc_agg_insert
DTC_THUNK dtc_self_slow
