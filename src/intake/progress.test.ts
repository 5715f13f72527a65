import { expect, it } from 'vitest'
import { progressOf, watched } from './progress.server.ts'

const she = { accountId: 'a' }
/** What an event says: its name where it has one, else how many rows of how many. */
const said = (event: string): string =>
  /event: (\w+)/.exec(event)?.[1] ?? /"done":(\d+),"total":(\d+)/.exec(event)!.slice(1).join(' / ')

/** All that somebody hears of a commit, until it ends. */
async function heard(who: { accountId: string }): Promise<string[]> {
  const all: string[] = []
  for await (const event of progressOf(who, 'one', false)) all.push(said(String(event)))
  return all
}

it('the progress of a commit arrives while it runs, and ends with it', async () => {
  const told: string[] = []
  const events = progressOf(she, 'one', true)[Symbol.asyncIterator]()
  const next = async () => {
    const { value, done } = (await events.next()) as { value: string; done?: boolean }
    told.push(done ? 'closed' : said(value))
  }
  await next()
  const made = watched(she, 'one', async (tell) => {
    await next()
    for (const done of [200, 400]) {
      tell(done, 400)
      await next()
    }
    return 'made'
  })
  expect(await made).toBe('made')
  await next()
  await next()
  expect(told).toEqual(['ready', '0 / 0', '200 / 400', '400 / 400', 'end', 'closed'])
})

it('a commit that fails ends its progress as well, and nobody else hears of it', async () => {
  let other: string[] = []
  const failing = watched(she, 'one', async (tell) => {
    tell(7, 9)
    other = await heard({ accountId: 'b' })
    throw new Error('stopped')
  }).catch((error: unknown) => (error as Error).message)
  expect(await Promise.all([heard(she), failing])).toEqual([['ready', '7 / 9', 'end'], 'stopped'])
  expect(other).toEqual(['ready', 'end'])
})

it('one that comes and goes between two looks is told all the same', async () => {
  const told: string[] = []
  for await (const event of progressOf(she, 'two', true)) {
    told.push(said(String(event)))
    if (told.at(-1) === '0 / 0') await watched(she, 'two', (tell) => Promise.resolve(tell(3, 3)))
  }
  expect(told).toEqual(['ready', '0 / 0', '3 / 3', 'end'])
})
