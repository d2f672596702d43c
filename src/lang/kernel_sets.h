// The kernel tables of single instruction sets; each is null where the compiler does not aim at x86-64.
// Calling into a table that the processor cannot run is fatal: ask usable_kernels() instead.
#pragma once

#include "lang/kernel.h"

namespace annalist::lang {

const Kernels* avx2_kernels();
const Kernels* avx_vnni_kernels();
const Kernels* avx512_vnni_kernels();

}  // namespace annalist::lang
