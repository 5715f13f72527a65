const part = encodeURIComponent

export const siloApi = {
  offer: '/tell',
  units: '/tell/units',
  signed: '/tell/signed',
  look: '/tell/look',
  holderActs: '/tell/acts',
  desk: '/silos',
  open: (id: string) => `/silos/${part(id)}/look`,
  acts: (id: string) => `/silos/${part(id)}/acts`,
  seats: '/silo-seats',
  seat: (postId: string) => `/silo-seats/${part(postId)}`,
  counts: '/silo-counts',
  records: '/silo-counts/records',
  matchReports: '/match/reports',
  matchReport: (id: string) => `/match/reports/${part(id)}`,
  matchCounts: '/match/counts',
} as const
