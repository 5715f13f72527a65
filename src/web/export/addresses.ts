const part = encodeURIComponent

/** Addresses of the API for files on their way out. */
export const exportApi = {
  list: '/exports',
  full: '/exports/full',
  one: (id: string) => `/exports/${part(id)}`,
  /** For the browser itself, not through the client. */
  file: (id: string) => `/api/exports/${part(id)}/file`,
  second: '/exports/second',
  decide: (id: string) => `/exports/${part(id)}/second`,
  watch: '/audit/exports',
} as const
