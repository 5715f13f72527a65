/** Every address of the workbench; `$name` is a parameter of the router. */
export const paths = {
  home: '/',
  inbox: '/inbox',
  entry: '/entry',
  form: '/entry/$programme',
  review: '/review',
  records: '/records/$programme',
  figures: '/figures',
  summary: '/summary',
  orgs: '/orgs',
  audit: '/audit',
} as const

const part = encodeURIComponent

/** Every address of the API, below `/api`. */
export const api = {
  me: '/me',
  audit: '/audit',
  demoPeople: '/demo/people',
  session: '/session',
  sessionPost: '/session/post',
  org: (id: number) => `/orgs/${id}`,
  orgChildren: (id: number) => `/orgs/${id}/children`,
  orgSearch: (q: string) => `/orgs/search?q=${part(q)}`,
  records: (programme: string) => `/records/${part(programme)}`,
  record: (programme: string, id: string) => `/records/${part(programme)}/${part(id)}`,
  check: (programme: string) => `/records/${part(programme)}/check`,
  actions: (programme: string, id: string) => `/records/${part(programme)}/${part(id)}/actions`,
  evidence: (programme: string, id: string) => `/records/${part(programme)}/${part(id)}/evidence`,
  evidenceFile: (programme: string, id: string, file: string) =>
    `/records/${part(programme)}/${part(id)}/evidence/${part(file)}`,
  acceptMany: '/review/accept',
  inbox: '/inbox',
  draft: (id: string) => `/drafts/${part(id)}`,
  submitDraft: (id: string) => `/drafts/${part(id)}/submit`,
  decision: (proposal: string) => `/proposals/${part(proposal)}/decision`,
  figures: '/figures',
} as const
