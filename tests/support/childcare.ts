import type { ClassDetail, ClassDone, ClassList, OpenClasses } from '#childcare/api.ts'
import { paperKinds, type Act } from '#childcare/states.ts'
import type { Stage } from './client.ts'
import { well } from './hardship.ts'
import type { Refusal } from './play.ts'

export const classBody = {
  title: '2020年春季课后托管班',
  season: '日常',
  level: '市级',
  place: '示例工会二楼',
  hours: '16:00 至 18:00',
  fromOn: '2020-04-16',
  untilOn: '2020-05-15',
  places: 25,
  ownFund: '单位',
  ownAmount: 8000,
}

const at = (id: string, rest = '') => `/api/childcare/classes/${id}${rest}`

/** The moves of a childcare class over HTTP: U1 (S1, D1) or U4 (D1) holds it. */
export function childcareAt(stage: Pick<Stage, 'as' | 'world'>) {
  const as = (who: string) => stage.as(who)
  const read = async (who: string, id: string) => well(await as(who).get<ClassDetail>(at(id)))
  const step = async (who: string, id: string, act: Act, reason?: string, version?: number) =>
    as(who).post<ClassDone & Refusal>(at(id, '/steps'), {
      act,
      version: version ?? (await read('C', id).catch(() => read('U1', id))).version,
      ...(reason === undefined ? {} : { reason }),
    })
  const make = (who: string, changes: object = {}) =>
    as(who).post<ClassDone & Refusal>('/api/childcare/classes', { ...classBody, ...changes })
  const paper = (id: string, kind: string, validUntil = '2020-12-31') =>
    as('U1').put<Refusal>(at(id, '/papers'), {
      kind,
      number: `${kind}〔2020〕1号`,
      issuer: '示例区',
      validUntil,
    })
  const staff = (id: string, name: string) => as('U1').post<Refusal>(at(id, '/staff'), { name, duty: '看护' })
  const check = async (
    id: string,
    staffId: string,
    result: string,
    checkedOn: string,
    by = 'U1',
    more: object = {},
  ) => {
    const { version } = (await read('U1', id)).staff!.find((one) => one.id === staffId)!
    return as(by).put<Refusal>(at(id, `/staff/${staffId}`), { result, checkedOn, version, ...more })
  }
  const certify = async (id: string, staffId: string, healthUntil = '2021-03-31') => {
    const { version } = (await read('U1', id)).staff!.find((one) => one.id === staffId)!
    return as('U1').put<Refusal>(at(id, `/staff/${staffId}`), { healthUntil, version })
  }
  const approved = async (changes: object = {}) => {
    const { id } = well(await make('U1', changes))
    for (const [who, act] of [
      ['U1', 'submit'],
      ['D1', 'recommend'],
      ['C', 'approve'],
    ] as const)
      well(await step(who, id, act))
    return id
  }
  /** With all papers and one person checked on a day. */
  const safe = async (id: string, checkedOn = '2020-04-01') => {
    for (const kind of paperKinds) well(await paper(id, kind))
    well(await staff(id, '丹顶鹤丙'))
    const [one] = (await read('U1', id)).staff!
    well(await check(id, one!.id, 'fit', checkedOn))
    well(await certify(id, one!.id))
    return one!.id
  }
  return {
    at,
    read,
    step,
    make,
    paper,
    staff,
    check,
    certify,
    approved,
    safe,
    drop: (id: string, staffId: string) => as('U1').del<Refusal>(at(id, `/staff/${staffId}`)),
    edit: (id: string, changes: object) =>
      as('U1').put<ClassDone & Refusal>(at(id), { ...classBody, version: 1, ...changes }),
    children: (id: string, children: number) => as('U1').put<Refusal>(at(id, '/children'), { children }),
    session: (id: string, onDay: string, came: number | null) =>
      as('U1').put<Refusal>(at(id, '/sessions'), { onDay, came }),
    review: (who: string, id: string, verdict: string, onDay = '2020-05-15') =>
      as(who).post<Refusal>(at(id, '/reviews'), { institution: '示例评估中心', onDay, verdict }),
    list: async (who: string) => well(await as(who).get<ClassList>('/api/childcare/classes')).rows,
    open: async () => well(await stage.as(null).get<OpenClasses>('/api/childcare/open')),
  }
}

/** A round of places, without the classes of a world. */
export const roundBody = {
  title: '示例暑假托管班报名',
  about: '',
  opensAt: '2020-04-15T09:00:00+08:00',
  closesAt: '2020-04-21T00:00:00+08:00',
  source: '2020年4月21日示例指数收盘点位',
  classes: [] as { classId: string; places: number }[],
}
