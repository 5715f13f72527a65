const MB = 1024 * 1024

/** What a file of rows may be at most; every refusal names its limit. */
export const caps = {
  fileBytes: 30 * MB,
  entries: 2000,
  sheetBytes: 400 * MB,
  stringsBytes: 80 * MB,
  stylesBytes: 20 * MB,
  totalBytes: 600 * MB,
  ratio: 200,
  sheets: 50,
  rows: 200_000,
  columns: 200,
  cellLength: 32_767,
  recordLength: 100_000,
} as const

/** Limits of the thread that reads; a file that needs more is refused, the server goes on. */
export const limits = { heapMb: 512, seconds: 120 } as const
