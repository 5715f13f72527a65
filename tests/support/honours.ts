import type { Campaign, Nomination } from '#honour/api.ts'
import type { Stage } from './client.ts'
import type { Refusal } from './play.ts'

/** A campaign of the city as its form sends it. */
export const campaignBody = {
  kind: 'honour',
  title: '2020年市五一巾帼标兵评选',
  note: '',
  opensOn: '2020-04-16',
  closesOn: '2020-05-15',
  types: [
    {
      key: 'm',
      name: '市五一巾帼标兵',
      subject: '个人',
      level: '市级',
      demand: 'model',
      series: '五一巾帼标兵',
      places: 2,
    },
    {
      key: 'p',
      name: '市五一巾帼标兵岗',
      subject: '集体',
      level: '市级',
      demand: 'post',
      series: '五一巾帼标兵岗',
      places: 1,
    },
  ],
  quotas: [] as { org: number; type: string; places: number }[],
  hasShares: false,
}

export const nomineeBody = {
  typeKey: 'm',
  personId: null as string | null,
  name: '张示宁',
  employer: '示例U1单位',
  sex: '女',
  nation: '汉族',
  birthMonth: '1985-03',
  politics: '群众',
  education: '大专',
  jobTitle: null,
  position: '装配班长',
  postKind: '一线操作',
  frontSince: '2010-03-01',
  isIndustrial: true,
  isMigrant: true,
  isHead: false,
  isNonPublic: true,
  size: null as number | null,
  women: null as number | null,
  headName: null as string | null,
  headIsWoman: null as boolean | null,
  foundedOn: null,
  motto: null,
  before: '',
  deedsShort: '十年如一日在装配一线带徒弟。',
  deeds: '十年如一日在装配一线带徒弟，改进工装夹具三项，班组连续三年零差错。',
}

type Acted = { id: string; version: number } & Refusal

/** An answer that was given, or its text as an error. */
const must = async (answer: Promise<{ status: number; raw: string }>): Promise<void> => {
  const { status, raw } = await answer
  if (status !== 200) throw new Error(raw)
}

/** What tests do again and again with campaigns, over one stage; `onDay` moves the business day of the server. */
export function honourPlay(stage: Pick<Stage, 'as' | 'world'>) {
  const post = (who: string, url: string, body: object) => stage.as(who).post<Acted>(url, body)
  const onDay = async <T>(day: string, work: () => Promise<T>): Promise<T> => {
    const { deps } = stage.world
    const today = deps.today
    deps.today = () => day
    try {
      return await work()
    } finally {
      deps.today = today
    }
  }
  const campaign = async (who: string, id: string) =>
    (await stage.as(who).get<Campaign>(`/api/honour-campaigns/${id}`)).body
  const nomination = async (who: string, id: string) =>
    (await stage.as(who).get<Nomination>(`/api/honour-nominations/${id}`)).body
  /** An act on a campaign or a nomination at its present version. */
  const act = async (
    who: string,
    kind: 'campaigns' | 'nominations',
    id: string,
    what: string,
    body: object,
  ) => {
    const { version } = kind === 'campaigns' ? await campaign(who, id) : await nomination(who, id)
    return post(who, `/api/honour-${kind}/${id}/${what}`, { ...body, version })
  }
  /** An open campaign of the city with these jurors. */
  const opened = async (
    more: Partial<typeof campaignBody> = {},
    jurors = ['D2', 'I1', 'I2'],
  ): Promise<string> => {
    const made = await post('C', '/api/honour-campaigns', { ...campaignBody, ...more })
    if (made.status !== 200) throw new Error(made.raw)
    const { id } = made.body
    const posts = jurors.map((name) => stage.world.person(name).postId)
    const { version } = await campaign('C', id)
    await must(stage.as('C').put(`/api/honour-campaigns/${id}/jurors`, { posts, version }))
    await must(act('C', 'campaigns', id, 'state', { act: 'open' }))
    return id
  }
  const begin = async (who: string, campaignId: string, more: Partial<typeof nomineeBody> = {}) => {
    const made = await post(who, '/api/honour-nominations', { campaignId, ...nomineeBody, ...more })
    if (made.status !== 200) throw new Error(made.raw)
    return made.body.id
  }
  const opine = (who: string, id: string, step: string, agrees = true) =>
    act(who, 'nominations', id, 'opinions', { step, agrees, body: agrees ? '同意推荐' : '材料不实，请核实' })
  const move = (who: string, id: string, what: string, reason = '') =>
    act(who, 'nominations', id, 'state', { act: what, reason })
  /** From draft to the organiser's list: heard, shown in the unit to 23 April, sent up and passed on 24 April. */
  const listed = async (
    who: string,
    campaignId: string,
    more: Partial<typeof nomineeBody> = {},
    upper = 'D1',
  ) => {
    const id = await begin(who, campaignId, more)
    await must(opine(who, id, 'party'))
    await must(opine(who, id, 'union'))
    await must(move(who, id, 'notice'))
    await onDay('2020-04-24', async () => {
      await must(move(who, id, 'send'))
      await must(opine(upper, id, 'upper'))
    })
    return id
  }
  const judge = (id: string) =>
    onDay('2020-05-16', () => act('C', 'campaigns', id, 'state', { act: 'judge' }))
  const score = (who: string, id: string, points = [18, 36, 20, 12], recuse = false) =>
    post(who, `/api/honour-nominations/${id}/score`, { recuse, points: recuse ? [] : points, note: '' })
  return { post, onDay, campaign, nomination, act, must, opened, begin, opine, move, listed, judge, score }
}
