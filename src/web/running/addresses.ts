const part = encodeURIComponent

export const runningApi = {
  all: '/running',
  one: (id: string) => `/running/${part(id)}`,
  decision: (id: string) => `/running/${part(id)}/decision`,
} as const
