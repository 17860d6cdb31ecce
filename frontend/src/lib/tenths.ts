/** How far something is, in whole tenths of a hundred: what is said aloud must not come every second. */
export const tenths = (done: number, total: number | null): number | null =>
  total ? Math.min(100, Math.floor((done / total) * 10) * 10) : null
