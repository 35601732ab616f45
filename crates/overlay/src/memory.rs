//! Hints to the memory system, and the only unsafe code of the project. Nothing here changes a result.

/// Asks for the cache line that holds `slice[index]`; an index outside is allowed.
#[inline(always)]
#[allow(unsafe_code)]
pub fn prefetch<T>(slice: &[T], index: usize) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: a prefetch reads nothing architecturally and faults on no address; the pointer is formed with
    // wrapping arithmetic and never dereferenced. SSE is part of x86_64.
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>(slice.as_ptr().wrapping_add(index).cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (slice, index);
}

/// Asks for a row of contacts, up to 2 KiB of it.
#[inline(always)]
pub fn prefetch_row(row: &[u32]) {
    (0..row.len().min(512)).step_by(16).for_each(|place| prefetch(row, place));
}

/// `n` zeros for random access: where the system grants it (Linux), in pages of 2 MiB, since with pages of 4 KiB nearly
/// every access to a table of many megabytes also misses the cache of page addresses. Small tables are plain vectors.
pub fn spread_zeros<T: Copy + Default>(n: usize) -> Vec<T> {
    let table = vec![T::default(); n];
    in_huge_pages(table.as_ptr_range());
    table
}

/// Room for `n` entries, as [`spread_zeros`].
pub fn spread_with_capacity<T>(n: usize) -> Vec<T> {
    let table = Vec::with_capacity(n);
    let start: *const T = table.as_ptr();
    in_huge_pages(start..start.wrapping_add(n));
    table
}

/// Asks for huge pages in a range whose pages have not been written yet.
#[allow(unsafe_code)]
fn in_huge_pages<T>(range: std::ops::Range<*const T>) {
    #[cfg(target_os = "linux")]
    {
        const HUGE: usize = 2 << 20;
        const PAGE: usize = 64 << 10; // the largest page size that Linux has: right for all
        let (start, end) = (range.start.addr().next_multiple_of(PAGE), range.end.addr() / PAGE * PAGE);
        if end.saturating_sub(start) >= 2 * HUGE {
            // SAFETY: the range is inside one live allocation; MADV_HUGEPAGE changes neither contents nor protection
            // of memory, only how it is backed. A refusal (no such feature) is as good as none, so the answer is not used.
            unsafe {
                libc::madvise(start as *mut libc::c_void, end - start, libc::MADV_HUGEPAGE);
            }
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = range;
}
