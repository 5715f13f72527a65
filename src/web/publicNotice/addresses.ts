const part = encodeURIComponent

export const publicNoticeApi = {
  all: '/public-notices',
  one: (id: string) => `/public-notices/${part(id)}`,
  objections: (id: string) => `/public-notices/${part(id)}/objections`,
  look: '/public-notice-objections/look',
  desk: '/public-notice-desk',
  answer: (id: string) => `/public-notice-objections/${part(id)}/answer`,
} as const
