import { closeWork, openWork } from '#audit/unitOfWork.server.ts'
import { addKey, keysOf, mayRetire, nextKey, retireKey, type KeyLine } from '#crypto/provider.server.ts'
import { asService } from '#identity/service.server.ts'
import { rewrapAll, wrappedBy } from '#person/vaultKeys.server.ts'
import { exit, UsageError } from './arguments.server.ts'
import { inTransaction, type Tx } from './database.server.ts'
import type { Deps } from './deps.server.ts'
import type { CommandIo } from './embedded/control.server.ts'

/** What a step of a rotation did, and what is left to do to the key file once the audit row stands. */
type Act = { action: string; key: number; said: string; last?: () => void }
type Step = (tx: Tx) => Promise<Act | { said: string }>

const newest = (deps: Deps): number => keysOf(deps.crypto).at(-1)!.id

const kindOf = ({ isRoot, isNewest }: KeyLine): string =>
  [isRoot && '根密钥', isNewest && '用于新的包裹', !isRoot && !isNewest && '只用于解开']
    .filter(Boolean)
    .join('、')

async function list(deps: Deps, tx: Tx): Promise<string> {
  const counts = await wrappedBy(tx)
  return keysOf(deps.crypto)
    .map((key) => `第 ${key.id} 把 ${key.suite} ${kindOf(key)}，包裹着 ${counts.get(key.id) ?? 0} 人\n`)
    .join('')
}

/** @throws Error in Chinese for root and newest, and while persons are wrapped by it */
async function checkRetire(deps: Deps, tx: Tx, id: number): Promise<void> {
  mayRetire(deps.crypto, id)
  const count = (await wrappedBy(tx)).get(id) ?? 0
  if (count > 0) throw new Error(`第 ${id} 把密钥还包裹着 ${count} 人的数据，请先运行 npx jinguo keys rewrap`)
}

function stepOf(deps: Deps, [verb, id, ...more]: string[]): Step {
  if (more.length > 0 || (verb === 'retire') !== (id !== undefined)) throw new UsageError()
  switch (verb) {
    case undefined:
      return async (tx) => ({ said: await list(deps, tx) })
    case 'add':
      return async () => {
        const key = nextKey(deps.crypto)
        const said = `已新加第 ${key} 把密钥，新的包裹用它；请另行备份密钥文件，再运行 npx jinguo keys rewrap\n`
        return { action: 'keys.add', key, said, last: () => addKey(deps.crypto) }
      }
    case 'rewrap':
      return async (tx) => {
        const done = await rewrapAll(deps.crypto, tx)
        const key = newest(deps)
        return { action: 'keys.rewrap', key, said: `已改用第 ${key} 把密钥包裹 ${done} 人的数据\n` }
      }
    case 'retire': {
      const key = Number(id)
      if (!Number.isInteger(key)) throw new UsageError()
      return async (tx) => {
        await checkRetire(deps, tx, key)
        const said = `已移除第 ${key} 把密钥；旧备份仍要用它打开，请与备份分开保存到备份过期\n`
        return { action: 'keys.retire', key, said, last: () => retireKey(deps.crypto, key) }
      }
    }
    default:
      throw new UsageError()
  }
}

/** `keys`: the generations of the key ring, and the steps of a rotation, each with its audit row. @returns exit code */
export async function runKeys(deps: Deps, argv: string[], io: CommandIo): Promise<number> {
  const step = stepOf(deps, argv)
  const said = await asService(deps, io.user, (actor) =>
    inTransaction(deps.db, { scopeCode: actor.org.scopeCode, token: actor.token }, async (tx) => {
      const done = await step(tx)
      if (!('action' in done)) return done.said
      const work = openWork(actor)
      work.audit({ districtId: actor.org.districtId, action: done.action, object: `key:${done.key}` })
      await closeWork(tx, work, deps.crypto)
      done.last?.()
      return done.said
    }),
  )
  io.out(said)
  return exit.clean
}
