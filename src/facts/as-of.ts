/**
 * The day for which whatever depends on a date is judged, unless a run names another (`--as-of`, SOURCE_DATE_EPOCH).
 * Data, not the clock: the same files give the same output on any day.
 */
export const dataAsOf = "2026-11-21";
