import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bounds } from '#kit/bounds.ts'

const src = new URL('../src', import.meta.url).pathname
const files = (ending: string): { name: string; text: string }[] =>
  readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(src, name), 'utf8') }))

/**
 * Bounds that no screen has to tell of, each with its reason: what is read is not a list that anybody looks through.
 * A line is the file and the bound as it stands in the statement.
 */
const unseen: Readonly<Record<string, string>> = {
  'audit/verify.server.ts ${pageSize}': 'reads on, page by page, to the end',
  'certificate/ledger.server.ts ${mostCandidates + 1}': 'refused with a sentence',
  'export/second.server.ts ${most}': 'the askers bound it by the table and by the inbox',
  'figures/board/read.server.ts ${mostBlind}': 'the board names the largest and leads to the whole list',
  'figures/fold.server.ts ${most}': 'folds on until nothing is left',
  'figures/lock/verify.server.ts 100': 'the command line names the first; one is enough for its verdict',
  'figures/summary/findings.server.ts ${most}': 'an example for the text',
  'figures/verify.server.ts ${mostNamed}': 'the command line names the first and counts all',
  'figures/verify.server.ts ${pageSize}': 'reads on, page by page, to the end',
  'hardship/desk.server.ts ${most}': 'the asker gives one more than it shows and says so',
  'health/vitals.server.ts ${mostCounted}': 'counted so far and no further: many is enough',
  'intake/store.server.ts 20000': 'more faults than a workbook may have rows',
  'org/gaps/read.server.ts 20000': 'the workbook, whose sheet tells its rows',
  'org/change/service.server.ts ${most}': 'the askers bound it by the table and by the inbox',
  'person/export.server.ts ${mostRows + 1}': 'more is refused with a sentence',
  'person/export.server.ts ${mostRows}': 'more was refused before',
  'person/requestList.server.ts ${most}': 'the askers bound it by the table and by the inbox',
  'programmes/careRoom/rooms.server.ts ${most}': 'more than there are rooms; pages are cut from it',
  'record/create.server.ts 2': 'asks whether there is another',
  'record/create.server.ts 50': 'what a value is compared with',
  'record/intake/standing.server.ts 20000': 'more drafts than a workbook may have rows',
  'record/list.server.ts ${limit + offset}': 'inside a page',
  'record/list.server.ts ${countLimit + 1}': 'counted as 1万条以上',
  'running/given.server.ts 12': 'what lies further back holds no more',
  'screening/match.server.ts ${mostMatched}': 'more women than a unit has; the shown ones say more',
  'silo/tell.server.ts 12': 'offers while a name is typed',
  'task/lastTold.server.ts 2': 'asks for the last two',
  'task/read.server.ts ${most}': 'the asker knows what it asked for',
}

/** The list goes on: by pages, or told as cut off. */
const goesOn = /\bnext\b|\bmore\b|isCut|brought\(|> mostCounted/

type Limit = { file: string; bound: string; text: string }
const limits: Limit[] = files('.server.ts')
  .filter(({ name }) => !name.startsWith('demo/'))
  .flatMap(({ name, text }) =>
    [...text.matchAll(/\bLIMIT (\$\{[^}]*\}|\d+)( OFFSET)?/g)].flatMap(([, bound, offset]) =>
      bound === '1' || offset ? [] : [{ file: name, bound: bound!, text }],
    ),
  )
const isBounded = ({ bound }: Limit): boolean => /^\$\{bounds\.\w+\.most\}$/.test(bound)
const isPaged = ({ bound, text }: Limit): boolean =>
  bound.endsWith(' + 1}') && (bound.includes('mostOfOne') || goesOn.test(text))

describe('no list ends without a word', () => {
  it('has a next page, or its bound stands in the one table that screens tell of', () => {
    const silent = limits.filter(
      (one) => !isBounded(one) && !isPaged(one) && !(`${one.file} ${one.bound}` in unseen),
    )
    expect(silent.map(({ file, bound }) => `${file} ${bound}`)).toEqual([])
  })

  it('excuses nothing that is not there', () => {
    const there = new Set(limits.map(({ file, bound }) => `${file} ${bound}`))
    expect(Object.keys(unseen).filter((line) => !there.has(line))).toEqual([])
  })

  it('each bound cuts a query and is told on a screen', () => {
    const asked = files('.server.ts')
      .map(({ text }) => text)
      .join('\n')
    const shown = files('.tsx')
      .map(({ text }) => text)
      .join('\n')
    const isTold = (list: string) =>
      shown.includes(`<CutNote list="${list}"`) || shown.includes(`boundWords('${list}')`)
    expect(
      Object.keys(bounds).filter((list) => !asked.includes(`bounds.${list}.most`) || !isTold(list)),
    ).toEqual([])
  })
})
