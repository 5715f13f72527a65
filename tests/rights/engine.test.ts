import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { roles } from '#identity/api.ts'
import { compile, decide, rulesOf, type Law } from '#identity/decide.ts'
import { problemOf } from '#identity/denied.ts'
import { doors } from '#identity/doors.ts'
import { policy } from '#identity/policy.ts'
import { parts, type Reach, type RelationRule, type Rule } from '#identity/rule.ts'
import { policyPage } from '#identity/policyPage.ts'
import { reasons, statusOf, type Reason } from '#identity/reasons.ts'
import { tiers } from '#org/api.ts'
import type { PrivacyClass } from '#kit/programme.ts'
import { cells, law, places, table } from './cells.ts'

const inForce = compile(law)
const answers = cells.map((cell) => cell.ask(inForce))

describe('the engine', () => {
  it('decides every cell as engine.tsv says', async () => {
    console.log(`cells of the engine: ${cells.length}`)
    await expect(table(answers)).toMatchFileSnapshot('engine.tsv')
  })

  it('answers each denial with a sentence and the status of its kind', () => {
    const told = new Set(answers.filter((a) => a in reasons)) as Set<Reason>
    expect([...told].sort()).toEqual(
      Object.keys(reasons)
        .filter((r) => !['masked', 'edge', 'moved'].includes(r))
        .sort(),
    )
    for (const [reason, sentence] of Object.entries(reasons)) {
      expect(sentence).toMatch(/^\p{Script=Han}.+[^。]$/u)
      expect([reason, problemOf(reason as Reason).status]).toEqual([reason, statusOf[reason as Reason]])
    }
    expect(problemOf('outOfReach').message).toBe(problemOf('classAbove').message)
  })

  it('takes of several rules the widest, and tells the nearest miss', () => {
    const subject = { role: 'cadre', personId: 'p', aal: 2, stepUp: false } as const
    const city = { ...subject, org: { id: 1, tier: 'city', scopeCode: '0001' } } as const
    // Within the scope and on the view line at once: nothing is masked.
    expect(decide(city, 'record.read', { ...places['viewed']!, class: 1 })).toEqual({ allow: true, parts })
    expect(decide({ ...city, aal: 1 }, 'record.read', places['viewed'])).toEqual({
      allow: false,
      reason: 'aal',
    })
    expect(rulesOf({ ...city, role: 'worker' }, 'record.read')).toEqual([])
  })

  it('asks a step-up where a rule wants one', () => {
    const strict = compile({
      ...law,
      policy: { keys: [{ role: ['cadre'], reach: 'anywhere', stepUp: true }] },
    })
    const subject = {
      role: 'cadre',
      personId: 'p',
      aal: 2,
      stepUp: false,
      org: { id: 1, tier: 'city', scopeCode: '0001' },
    } as const
    expect(strict.decide(subject, 'keys')).toEqual({ allow: false, reason: 'stepUp' })
    expect(strict.decide({ ...subject, stepUp: true }, 'keys').allow).toBe(true)
  })
})

type Mutant = { name: string; about: string; law: Law }

/** Numbers of the cells of each action. */
const numbers = new Map<string, number[]>()
for (const [n, { action }] of cells.entries()) {
  const known = numbers.get(action)
  if (known) known.push(n)
  else numbers.set(action, [n])
}

const wider: Partial<Record<Reach, Reach>> = {
  ownOrg: 'inScope',
  inScope: 'anywhere',
  viewLine: 'anywhere',
  coHosted: 'anywhere',
}
const narrower: Partial<Record<Reach, Reach>> = { anywhere: 'inScope', inScope: 'ownOrg' }
const classes: PrivacyClass[] = ['S0', 'S1', 'S2', 'S3', 'S4']

const without = (rule: Rule, key: keyof Rule): Rule =>
  Object.fromEntries(Object.entries(rule).filter(([name]) => name !== key)) as Rule

/** What a slip of the pen may do to one rule. */
function* slips(rule: Rule): Generator<[string, Rule]> {
  for (const role of roles) {
    const has = rule.role.includes(role)
    yield has
      ? [`no ${role}`, { ...rule, role: rule.role.filter((r) => r !== role) }]
      : [`also ${role}`, { ...rule, role: [...rule.role, role] }]
  }
  if (rule.tier) {
    yield ['any tier', without(rule, 'tier')]
    for (const tier of tiers) {
      const has = rule.tier.includes(tier)
      yield has
        ? [`no ${tier}`, { ...rule, tier: rule.tier.filter((t) => t !== tier) }]
        : [`also ${tier}`, { ...rule, tier: [...rule.tier, tier] }]
    }
  }
  for (const reach of [wider[rule.reach], narrower[rule.reach]])
    if (reach) yield [`${rule.reach} → ${reach}`, { ...rule, reach }]
  if (rule.most) {
    yield ['any class', without(rule, 'most')]
    for (const most of [classes[classes.indexOf(rule.most) + 1], classes[classes.indexOf(rule.most) - 1]])
      if (most) yield [`up to ${most}`, { ...rule, most }]
  }
  if (rule.parts) {
    yield ['no mask', without(rule, 'parts')]
    for (const part of rule.parts)
      yield [`no ${part}`, { ...rule, parts: rule.parts.filter((p) => p !== part) }]
  }
  if (rule.aal !== 1) yield ['a password is enough', { ...rule, aal: 1 }]
  if (rule.aal !== 0) yield ['a password that is due is enough', { ...rule, aal: 0 }]
  if (rule.aal !== undefined) yield ['aal 2', without(rule, 'aal')]
  yield rule.stepUp ? ['no step-up', without(rule, 'stepUp')] : ['step-up', { ...rule, stepUp: true }]
}

function* mutants(): Generator<Mutant> {
  for (const [action, rules] of Object.entries(law.policy)) {
    const named = (name: string, changed: 'public' | readonly Rule[]): Mutant => ({
      name: `${action}: ${name}`,
      about: action,
      law: { ...law, policy: { ...law.policy, [action]: changed } },
    })
    if (rules === 'public') {
      yield named('closed', [])
      continue
    }
    yield named('public', 'public')
    for (const [n, rule] of rules.entries()) {
      // To give a role what another rule gives it already is no slip.
      const others = rules.filter((_, at) => at !== n)
      const given = (role: Rule['role'][number]) =>
        others.some(
          (r) => r.role.includes(role) && r.reach === rule.reach && (r.most ?? 'S4') >= (rule.most ?? 'S4'),
        )
      yield named(
        `no rule ${n}`,
        rules.filter((_, at) => at !== n),
      )
      for (const [name, changed] of slips(rule)) {
        const added = changed.role.find((role) => !rule.role.includes(role))
        if (!added || !given(added)) yield named(`rule ${n} ${name}`, rules.with(n, changed))
      }
    }
  }
  for (const [relation, rule] of Object.entries(law.relations)) {
    const named = (name: string, changed: RelationRule): Mutant => ({
      name: `${relation}: ${name}`,
      about: `stands as ${relation}`,
      law: { ...law, relations: { ...law.relations, [relation]: changed } },
    })
    for (const role of roles.filter((r) => !rule.role.includes(r)))
      yield named(`also ${role}`, { ...rule, role: [...rule.role, role] })
    yield named('no role', { ...rule, role: [] })
    yield named('wider', { ...rule, reach: wider[rule.reach]! })
    if (rule.turn) {
      const { turn: _, ...rest } = rule
      yield named('no turn', rest)
    }
    if (rule.not) {
      const { not: _, ...rest } = rule
      yield named('no not', rest)
    }
  }
  for (const act of Object.keys(doors)) {
    for (const other of ['record.read', 'org.move'])
      yield {
        name: `${act}: door ${other}`,
        about: act,
        law: { ...law, doors: { ...law.doors, [act]: other } },
      }
  }
  for (const [relation, states] of Object.entries(law.workflow)) {
    for (const [state, acts] of Object.entries(states)) {
      for (const [act, transition] of Object.entries(acts)) {
        const changed = (name: string, change: object | null): Mutant => {
          const next = { ...acts } as Record<string, unknown>
          if (change === null) delete next[act]
          else next[act] = { ...transition, ...change }
          return {
            name: `${relation} ${state} ${act}: ${name}`,
            about: act,
            law: {
              ...law,
              workflow: { ...law.workflow, [relation]: { ...states, [state]: next } },
            },
          }
        }
        yield changed('gone', null)
        yield changed('to another state', { to: transition.to === 'withdrawn' ? 'accepted' : 'withdrawn' })
        yield changed('turn', { turn: transition.turn === 'chosen' ? 'up' : 'chosen' })
        if (transition.where) yield changed('anywhere on the line', { where: undefined })
        else yield changed('only where it is accepted', { where: 'accepting' })
        for (const period of [undefined, 'open', 'locked'] as const)
          if (period !== transition.period) yield changed(`${period ?? 'any'} period`, { period })
        const moved = state === 'accepted' ? 'submitted' : 'accepted'
        yield {
          name: `${relation} ${state} ${act}: also when ${moved}`,
          about: act,
          law: {
            ...law,
            workflow: {
              ...law.workflow,
              [relation]: { ...states, [moved]: { ...states[moved], [act]: transition } },
            },
          },
        }
      }
    }
  }
}

it('docs/policy.md is the policy in force; npm run docs writes it anew', () => {
  expect(readFileSync('docs/policy.md', 'utf8')).toBe(policyPage())
})

describe('a slip of the pen', () => {
  it('in any rule breaks a cell', () => {
    const all = [...mutants()]
    const survivors = all.filter((mutant) => {
      const engine = compile(mutant.law)
      const same = (n: number) => cells[n]!.ask(engine) === answers[n]
      // Of all cells, those of the action that the slip is about are asked first: most mutants die there.
      return (numbers.get(mutant.about) ?? []).every(same) && cells.every((_, n) => same(n))
    })
    console.log(`rule mutants: ${all.length}, killed: ${all.length - survivors.length}`)
    expect(survivors.map((m) => m.name)).toEqual([])
    expect(all.length).toBeGreaterThan(300)
  }, 120_000)

  it('names no action that the policy lacks', () => {
    expect(Object.values(doors).filter((door) => !(door in policy))).toEqual([])
  })
})
