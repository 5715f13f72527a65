import * as z from 'zod/mini'
import { uuid } from '#record/api.ts'

/** Certificates of one act. */
export const mostAtOnce = 500
/** Beyond these a file is made by a job and fetched from the download centre. */
export const mostWaited = 50
export const states = ['valid', 'revoked', 'superseded'] as const
export type CertificateState = (typeof states)[number]

export const certificate = z.strictObject({
  id: z.string(),
  no: z.string(),
  code: z.string(),
  layout: z.string(),
  programme: z.string(),
  recordId: z.string(),
  recipient: z.string(),
  words: z.string(),
  grantedOn: z.string(),
  issuedOn: z.string(),
  issuedBy: z.string(),
  state: z.enum(states),
  endedOn: z.nullable(z.string()),
  reason: z.string(),
  /** What became of the record since: it was changed, or no longer counts. */
  since: z.nullable(z.enum(['changed', 'gone'])),
})
export type Certificate = z.infer<typeof certificate>

/** GET /api/certificates: of the own unit, the newest first. */
export const ledgerQuery = z.strictObject({
  year: z.optional(z.string().check(z.regex(/^\d{4}$/))),
  q: z.optional(z.string().check(z.maxLength(40))),
  after: z.optional(z.string().check(z.regex(/^\d{4}_\d{1,9}$/))),
})
export type LedgerQuery = z.infer<typeof ledgerQuery>
export const ledger = z.strictObject({
  rows: z.array(certificate),
  count: z.number(),
  next: z.nullable(z.string()),
  mayIssue: z.boolean(),
})
export type Ledger = z.infer<typeof ledger>

const layoutKey = z.string().check(z.maxLength(40))

/** GET /api/certificates/candidates: accepted records of the own scope without such a certificate of this unit. */
export const candidatesQuery = z.strictObject({
  layout: layoutKey,
  year: z.string().check(z.regex(/^\d{4}$/)),
})
export const candidate = z.strictObject({
  id: z.string(),
  title: z.string(),
  org: z.string(),
  on: z.string(),
  recipient: z.string(),
  words: z.string(),
  /** Of a class whose record was made from an attendance: how many completed it and have no certificate of this unit yet; null = names are typed. */
  named: z.nullable(z.number()),
})
export type Candidate = z.infer<typeof candidate>
/** `more`: there are more than the list holds. */
export const candidates = z.strictObject({ rows: z.array(candidate), more: z.boolean() })

/** POST /api/certificates: one for each record; of a class one for whoever completed it by its attendance, or for each name typed. */
export const newCertificates = z.strictObject({
  layout: layoutKey,
  records: z.array(uuid).check(z.minLength(1), z.maxLength(mostAtOnce)),
  names: z.optional(z.array(z.string().check(z.maxLength(60))).check(z.maxLength(mostAtOnce))),
})
export type NewCertificates = z.infer<typeof newCertificates>
export const issued = z.strictObject({ ids: z.array(z.string()), first: z.string(), last: z.string() })
export type Issued = z.infer<typeof issued>

/** GET /api/my/certificates: those of classes that she completed, the newest first. */
export const myCertificates = z.strictObject({
  rows: z.array(
    z.strictObject({
      id: z.string(),
      no: z.string(),
      code: z.string(),
      title: z.string(),
      words: z.string(),
      issuer: z.string(),
      issuedOn: z.string(),
      state: z.enum(states),
    }),
  ),
})
export type MyCertificates = z.infer<typeof myCertificates>

const reason = z.string().check(z.maxLength(200))
/** POST /api/certificates/:id/revocation */
export const revocation = z.strictObject({ reason })
/** POST /api/certificates/:id/renewal: issued anew from the record as it is now; `name` only where names were typed. */
export const renewal = z.strictObject({ reason, name: z.optional(z.string().check(z.maxLength(60))) })
export type Renewal = z.infer<typeof renewal>

/** POST /api/certificates/pdf: one file, a page each. */
export const printing = z.strictObject({
  ids: z.array(uuid).check(z.minLength(1), z.maxLength(mostAtOnce)),
})

/** GET /api/certificates/check/:code, for anybody: what was certified, never a bare "valid". */
export const checked = z.strictObject({
  state: z.enum(states),
  no: z.string(),
  title: z.string(),
  recipient: z.string(),
  words: z.string(),
  issuer: z.string(),
  grantedOn: z.string(),
  issuedOn: z.string(),
  endedOn: z.nullable(z.string()),
  isDemo: z.boolean(),
})
export type Checked = z.infer<typeof checked>
