const part = encodeURIComponent

export const runningApi = {
  all: '/running',
  one: (id: string) => `/running/${part(id)}`,
  deliveries: '/deliveries',
  resend: (id: string) => `/deliveries/${part(id)}/resend`,
  decision: (id: string) => `/running/${part(id)}/decision`,
} as const
