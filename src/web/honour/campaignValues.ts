import dayjs, { type Dayjs } from 'dayjs'
import type { Campaign, HonourTitle, NewCampaign } from '#honour/api.ts'
import type { OrgBrief } from '#org/api.ts'

type TitleValues = Omit<HonourTitle, 'key'> & { key?: string }
export type QuotaValues = { org: OrgBrief[]; type: number; places: number }
export type CampaignValues = {
  kind: NewCampaign['kind']
  title: string
  note?: string
  window: [Dayjs, Dayjs]
  hasShares: boolean
  types: TitleValues[]
  quotas: QuotaValues[]
}

export const emptyTitle = (kind: NewCampaign['kind']): TitleValues => ({
  name: '',
  subject: kind === 'family' ? '家庭' : '个人',
  level: '市级',
  demand: 'none',
  series: '',
  places: 10,
})

/** Keys of new titles go on after those that there are: nominations hang on them. */
export function keysOf(types: readonly { key?: string | undefined }[]): string[] {
  let last = Math.max(0, ...types.map(({ key }) => Number(key?.slice(1) ?? 0)))
  return types.map(({ key }) => key ?? `t${++last}`)
}

/** A campaign as its form holds it. */
export function campaignValues(campaign: Campaign | null, today: string): CampaignValues {
  if (campaign === null)
    return {
      kind: 'honour',
      title: '',
      window: [dayjs(today), dayjs(today).add(30, 'day')],
      hasShares: false,
      types: [emptyTitle('honour')],
      quotas: [],
    }
  return {
    kind: campaign.kind,
    title: campaign.title,
    note: campaign.note,
    window: [dayjs(campaign.opensOn), dayjs(campaign.closesOn)],
    hasShares: campaign.hasShares,
    types: campaign.types,
    quotas: campaign.quotas.map((q) => ({
      org: [{ id: q.org, code: '', name: q.name, shortName: q.name, tier: 'grassroots' }],
      type: campaign.types.findIndex((t) => t.key === q.type),
      places: q.places,
    })),
  }
}

/** The form as the server takes it. */
export function campaignBody(values: CampaignValues): NewCampaign {
  const keys = keysOf(values.types)
  return {
    kind: values.kind,
    title: values.title,
    note: values.note ?? '',
    opensOn: values.window[0].format('YYYY-MM-DD'),
    closesOn: values.window[1].format('YYYY-MM-DD'),
    hasShares: values.kind === 'honour' && values.hasShares,
    types: values.types.map((type, at) => ({
      key: keys[at]!,
      name: type.name,
      subject: type.subject,
      level: type.level,
      demand: type.demand,
      series: type.series,
      places: type.places,
    })),
    quotas: values.quotas.flatMap(({ org, type, places }) =>
      org[0] && keys[type] !== undefined ? [{ org: org[0].id, type: keys[type], places }] : [],
    ),
  }
}
