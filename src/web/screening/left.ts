/** Free places of a day; a word where their number would tell how few have one. */
export const leftOf = (day: { capacity: number; taken: number | null }): number | string =>
  day.taken === null ? '有' : day.capacity - day.taken
