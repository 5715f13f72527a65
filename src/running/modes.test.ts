import { describe, expect, it } from 'vitest'
import { faultOf, modes, nextModes, refusalOf, runningOn, type Change, type Mode } from './modes.ts'
import { passes } from './passes.ts'

const change = (mode: Mode, fromOn: string): Change => ({
  mode,
  fromOn,
  reason: '并入省级平台',
  successor: 'https://new.example.cn',
  whither: '数据移交省总工会',
  contact: '0411-00000000',
})

describe('the modes of the platform', () => {
  it('are reached from these and no others', () => {
    const table = modes.map((from) => {
      const given =
        from === 'open'
          ? []
          : [change('readonly', '2020-01-01'), ...(from === 'closed' ? [change('closed', '2020-02-01')] : [])]
      return [from, modes.filter((to) => faultOf(given, { mode: to, fromOn: '2020-03-01' }) === null)]
    })
    expect(table).toEqual([
      ['open', ['readonly']],
      ['readonly', ['open', 'closed']],
      ['closed', ['open', 'readonly']],
    ])
    for (const mode of modes) expect(nextModes[mode]).not.toContain(mode)
  })

  it('hold from their day on, and are announced before', () => {
    const given = [change('readonly', '2020-05-01'), change('closed', '2020-07-01')]
    const at = (day: string) => {
      const { mode, ahead } = runningOn(given, day)
      return [mode, ahead?.mode ?? null]
    }
    expect(at('2020-04-30')).toEqual(['open', 'readonly'])
    expect(at('2020-05-01')).toEqual(['readonly', 'closed'])
    expect(at('2020-06-30')).toEqual(['readonly', 'closed'])
    expect(at('2020-07-01')).toEqual(['closed', null])
  })

  it('are taken back by what is given later, for its day and all days after', () => {
    const given = [change('readonly', '2020-05-01'), change('closed', '2020-07-01')]
    expect(faultOf(given, { mode: 'open', fromOn: '2020-04-20' })).toBeNull()
    const back = [...given, change('open', '2020-04-20')]
    expect(runningOn(back, '2020-08-01').mode).toBe('open')
    expect(runningOn([...given, change('readonly', '2020-06-15')], '2020-08-01').mode).toBe('readonly')
    expect(faultOf([], { mode: 'open', fromOn: '2020-04-20' })).toContain('本来就是')
    expect(faultOf([], { mode: 'closed', fromOn: '2020-04-20' })).toContain('请先转为“只读”')
  })
})

describe('what is served', () => {
  const write = { method: 'POST', url: '/api/records/:programme', policy: 'record.create' } as const
  const look = { method: 'GET', url: '/api/records/:programme', policy: 'record.read' } as const
  const file = { method: 'POST', url: '/api/exports', policy: 'export.own' } as const
  const hers = { method: 'POST', url: '/api/my/erasure', policy: 'person.self' } as const
  const out = { method: 'DELETE', url: '/api/session', policy: 'session.begin' } as const

  it.each<[Mode, boolean[]]>([
    ['open', [true, true, true, true, true]],
    ['readonly', [false, true, true, true, true]],
    ['closed', [false, false, false, true, true]],
  ])('while it is %s', (mode, served) => {
    expect([write, look, file, hers, out].map((route) => passes(mode, route))).toEqual(served)
  })

  it('is refused in a sentence that names day, reason, new address and contact', () => {
    for (const mode of ['readonly', 'closed'] as const) {
      const said = refusalOf(change(mode, '2020-05-01'))
      for (const word of ['2020年5月1日', '并入省级平台', 'https://new.example.cn', '0411-00000000'])
        expect(said).toContain(word)
    }
    expect(refusalOf({ ...change('readonly', '2020-05-01'), successor: '' })).toContain('有事请联系')
  })
})
