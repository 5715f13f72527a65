import { aloneByDefault } from '#export/rules.ts'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { sql } from 'kysely'
import { openAnchors } from '#audit/anchorFile.server.ts'
import { openStamper } from '#audit/timestamp.server.ts'
import { doorOf, lockOf } from '#crypto/door.server.ts'
import type { CryptoProvider } from '#crypto/provider.server.ts'
import { unwatched } from '#health/probe.server.ts'
import { openHasher } from '#identity/hasher.server.ts'
import { openOidc, type OidcSettings } from '#identity/oidcClient.server.ts'
import { isProfile } from '#identity/password.ts'
import { addDays, realToday, daysBetween } from '#kit/day.ts'
import { noWayOut, type WaysOut } from '#notify/open.server.ts'
import { findProgramme, indicators, programmes } from '#programmes/index.ts'
import { consequences } from '#programmes/index.server.ts'
import { openSheets } from '#paper/sheet/port.server.ts'
import { openStore } from '#record/evidence/store.server.ts'
import { first, rows, type Db } from './database.server.ts'
import type { Catalogue, Deps } from './deps.server.ts'
import { packageRoot } from './embedded/template.server.ts'
import { intakes } from './intakes.server.ts'

const sheetWorker = (): URL => pathToFileURL(join(packageRoot(), 'dist', 'server', 'sheet-worker.js'))

/** First business date of a demo. */
export const demoToday = '2020-04-16'

function must<K, V>(map: Map<K, V>, key: K): V {
  const value = map.get(key)
  if (value === undefined) throw new Error(`no number for ${String(key)}`)
  return value
}

/** Reads the numbers that migrations gave. @throws Error when a definition has none */
export async function readCatalogue(db: Db): Promise<Catalogue> {
  const byKey = new Map(
    (await rows<{ id: number; key: string }>(db, sql`SELECT id, key FROM app.programme`)).map((p) => [
      p.key,
      p.id,
    ]),
  )
  const keys = new Map([...byKey].map(([key, id]) => [id, key]))
  const codes = new Map(
    (await rows<{ id: number; code: string }>(db, sql`SELECT id, code FROM app.indicator`)).map((i) => [
      i.code,
      i.id,
    ]),
  )
  const missing = [
    ...programmes.map((p) => p.key).filter((k) => !byKey.has(k)),
    ...indicators.map((i) => i.id).filter((c) => !codes.has(c)),
  ]
  if (missing.length > 0) throw new Error(`迁移中缺少编号：${missing.join('、')}`)
  return {
    programmeId: (key) => must(byKey, key),
    programmeKey: (id) => must(keys, id),
    indicatorId: (code) => must(codes, code),
    consequences,
  }
}

/** A value of app.setting, or null. */
export async function readSetting(db: Db, key: string): Promise<string | null> {
  return (
    (await first<{ value: string }>(db, sql`SELECT value FROM app.setting WHERE key = ${key}`))?.value ?? null
  )
}

/** The business clock: a demo's day is 2020-04-16 and passes with the real ones; `fixed` (JINGUO_TODAY) overrides. */
export function businessClock(mode: 'demo' | 'live', startedOn: string, fixed: string | null): () => string {
  if (fixed !== null) return () => fixed
  if (mode === 'live') return realToday
  return () => addDays(demoToday, daysBetween(startedOn, realToday()))
}

/** Carries the stock balances into every year up to this one. */
export async function openYears(db: Db, today: string): Promise<void> {
  for (let year = Number(await readSetting(db, 'openYear')) + 1; year <= Number(today.slice(0, 4)); year++) {
    await sql`SELECT app.open_year(${year}::int)`.execute(db)
  }
}

/** Gives the database what it checks proofs with, at its first start. @throws Error in Chinese when it has another key's */
async function fitDoor(db: Db, crypto: CryptoProvider): Promise<void> {
  const { inside, outside } = lockOf(crypto)
  const fits = await first<{ ok: boolean }>(db, sql`SELECT app.fit_door(${inside}, ${outside}) AS ok`)
  if (!fits?.ok)
    throw new Error('密钥文件不是这个数据库的，无法校验登录；请检查 JINGUO_KEY_FILE 是否指向这个库的密钥文件')
}

export type DepsOptions = {
  db: Db
  crypto: CryptoProvider
  anchorDir?: string
  filesDir?: string
  tsa?: { url: string; caFile: string } | null
  fixedToday: string | null
  publicUrl: string
  filing?: string | null
  exportAlone?: number
  oidc?: OidcSettings | null
  engine: Deps['engine']
  probe?: Deps['probe']
  nudge(): void
  waysOut?: WaysOut
}

/** Puts together what handlers work with. @throws Error when the database was never made demo or live */
export async function makeDeps(options: DepsOptions): Promise<Deps> {
  const mode = await readSetting(options.db, 'mode')
  if (mode !== 'demo' && mode !== 'live')
    throw new Error('数据库中还没有数据；在空库中装入演示数据请设 JINGUO_DEMO=1 后再启动')
  const profile = (await readSetting(options.db, 'crypto')) ?? 'intl'
  if (profile !== options.crypto.profile)
    throw new Error(
      `数据库建库时的密码算法是 ${profile}，密钥文件却是 ${options.crypto.profile}，请检查 JINGUO_KEY_FILE 是否指向这个库的密钥文件`,
    )
  await fitDoor(options.db, options.crypto)
  const startedOn = (await readSetting(options.db, 'startedOn')) ?? realToday()
  const passwordProfile = await readSetting(options.db, 'passwordProfile')
  const installation = await readSetting(options.db, 'installation')
  return {
    db: options.db,
    crypto: options.crypto,
    door: doorOf(options.crypto),
    anchors:
      options.anchorDir && installation
        ? openAnchors(
            options.anchorDir,
            installation,
            options.crypto,
            options.tsa ? openStamper(options.tsa.url, options.tsa.caFile) : null,
          )
        : null,
    files: options.filesDir ? openStore(options.filesDir) : null,
    sheets: openSheets(sheetWorker()),
    intakes,
    waysOut: options.waysOut ?? noWayOut,
    catalogue: await readCatalogue(options.db),
    programmes,
    findProgramme,
    mode,
    oidc: options.oidc ? openOidc(options.oidc) : null,
    hasher: openHasher(options.crypto.subKey('jinguo.pepper')),
    passwordProfile: isProfile(passwordProfile) ? passwordProfile : 'asvs',
    today: businessClock(mode, startedOn, options.fixedToday),
    publicUrl: options.publicUrl,
    filing: options.filing ?? null,
    exportAlone: options.exportAlone ?? aloneByDefault,
    engine: options.engine,
    probe: options.probe ?? unwatched,
    nudge: options.nudge,
  }
}
