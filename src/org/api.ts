import * as z from 'zod/mini'

export const tiers = ['city', 'district', 'industry', 'subdistrict', 'grassroots', 'branch'] as const
export type Tier = (typeof tiers)[number]

/** Chinese names of the tiers as screens show them. */
export const tierLabels: Record<Tier, string> = {
  city: '市级',
  district: '区市县',
  industry: '产业',
  subdistrict: '街道（乡镇）',
  grassroots: '基层',
  branch: '分会',
}

export const orgBrief = z.strictObject({
  id: z.number(),
  code: z.string(),
  name: z.string(),
  shortName: z.string(),
  tier: z.enum(tiers),
})
export type OrgBrief = z.infer<typeof orgBrief>

/** A line of the tree or of a search; `missing`: a committee is due and not there, `none`: a delegate is; `line` 2 marks a unit shown through its view line (会看). */
export const orgNode = z.strictObject({
  ...orgBrief.shape,
  orgType: z.string(),
  line: z.number(),
  children: z.number(),
  path: z.string(),
  womenMembers: z.number(),
  committee: z.enum(['formed', 'delegate', 'overdue', 'missing', 'none']),
})
export type OrgNode = z.infer<typeof orgNode>

export const orgEdge = z.strictObject({
  line: z.number(),
  parent: orgBrief,
  fromYm: z.number(),
  toYm: z.nullable(z.number()),
  docNo: z.nullable(z.string()),
})

/** GET /api/orgs/:id */
export const orgDetail = z.strictObject({
  ...orgNode.shape,
  regionCode: z.nullable(z.string()),
  workers: z.number(),
  womenWorkers: z.number(),
  members: z.number(),
  above: z.array(orgBrief),
  edges: z.array(orgEdge),
  committeeDetail: z.nullable(
    z.strictObject({
      form: z.enum(['committee', 'delegate']),
      director: z.string(),
      termNo: z.number(),
      foundedOn: z.string(),
      termFromOn: z.string(),
      termUntilOn: z.string(),
      /** The director left on that day and nobody followed yet. */
      vacantSince: z.nullable(z.string()),
      /** The accepted record that says so, where the viewer may open it. */
      recordId: z.nullable(z.string()),
    }),
  ),
  /** The viewer keeps this unit's records: she may found, re-elect and co-opt. */
  isOwn: z.boolean(),
  below: z.strictObject({
    units: z.number(),
    grassroots: z.number(),
    due: z.number(),
    formed: z.number(),
    overdue: z.number(),
    /** Women members from which a committee is due. */
    from: z.number(),
  }),
  mayMove: z.boolean(),
})
export type OrgDetail = z.infer<typeof orgDetail>

/** POST /api/orgs/:id/view: who looks on (会看) from a month on, null for nobody. Its superior changes by 组织变更 alone. */
export const orgView = z.strictObject({
  parentId: z.nullable(z.number()),
  fromYm: z.number(),
  docNo: z.string().check(z.maxLength(100)),
})
export type OrgView = z.infer<typeof orgView>
