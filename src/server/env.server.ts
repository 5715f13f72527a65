import { homedir, userInfo } from 'node:os'
import { resolve } from 'node:path'
import type { SuiteName } from '#crypto/suite.server.ts'
import { aloneByDefault, mostFullRows } from '#export/rules.ts'
import { readOutside, type Outside } from '#notify/settings.ts'

/** Everything the environment may say; the sole reader of process.env. */
export type Env = {
  port: number
  host: string
  dataDir: string
  databaseUrl: string | null
  databaseAdminUrl: string | null
  /** Load the demo into an empty database: on the embedded one unless told otherwise. */
  demo: boolean
  demoAsked: boolean
  /** Addresses of proxies whose word on the caller's address is taken; else none is. */
  trustProxy: string[]
  /** Unified sign-in of another authority (OpenID Connect). */
  oidc: { issuer: string; clientId: string; clientSecret: string; label: string; also: string[] } | null
  durability: 'small' | 'trial'
  today: string | null
  publicUrl: string
  /** 备案号, shown in the footer. */
  filing: string | null
  keyFile: string
  /** Whether JINGUO_KEY_FILE names it. */
  keyFileNamed: boolean
  /** Cryptographic profile of a new installation; null leaves it to the key file, a new one is `intl`. */
  crypto: SuiteName | null
  /** Where signed heads of the audit are kept: best on another disk. */
  anchorDir: string
  /** Where evidence files lie. */
  filesDir: string
  /** Time-stamping authority (RFC 3161) for anchored heads, and the certificates it must lead to; off by default. */
  tsa: { url: string; caFile: string } | null
  /** Mail, text messages, office chats: what is not named is not there. */
  outside: Outside
  /** Where metrics are told, apart from the pages: an address that no proxy leads to; null: nowhere. */
  metrics: { host: string; port: number } | null
  /** Where the nightly backups go: only to tell how much room is left there. */
  backupDir: string | null
  insecureLan: boolean
  /** Persons whom a cadre may take out alone in a day. */
  exportAlone: number
  production: boolean
}

/**
 * Reads the environment.
 * @throws Error with a Chinese sentence that names the variable and what to do.
 */
export function readEnv(env: NodeJS.ProcessEnv = process.env): Env {
  const port = Number(env['PORT'] ?? 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Error(`PORT 应为 0–65535 的整数，现为“${env['PORT']}”`)
  const durability = env['JINGUO_DURABILITY'] ?? 'small'
  if (durability !== 'small' && durability !== 'trial') {
    throw new Error(`JINGUO_DURABILITY 应为 small 或 trial，现为“${durability}”`)
  }
  const today = env['JINGUO_TODAY'] ?? null
  if (today !== null && !/^\d{4}-\d{2}-\d{2}$/.test(today))
    throw new Error(`JINGUO_TODAY 应形如 2020-04-16，现为“${today}”`)
  const crypto = env['JINGUO_CRYPTO'] ?? null
  if (crypto !== null && crypto !== 'intl' && crypto !== 'gm')
    throw new Error(`JINGUO_CRYPTO 应为 intl（国际算法）或 gm（国密算法），现为“${crypto}”`)
  const dataDir = resolve(env['JINGUO_DATA'] ?? 'data')
  const insecureLan = env['JINGUO_INSECURE_LAN'] === '1'
  const host = env['HOST'] ?? (insecureLan ? '0.0.0.0' : '127.0.0.1')
  return {
    port,
    host,
    dataDir,
    databaseUrl: env['DATABASE_URL'] ?? null,
    databaseAdminUrl: env['DATABASE_ADMIN_URL'] ?? null,
    oidc: readOidc(env),
    demoAsked: env['JINGUO_DEMO'] === '1',
    trustProxy: (env['JINGUO_TRUST_PROXY'] ?? '').split(',').filter(Boolean),
    demo: env['JINGUO_DEMO'] === '1' || !env['DATABASE_URL'],
    durability,
    today,
    publicUrl: (env['JINGUO_PUBLIC_URL'] ?? `http://127.0.0.1:${port}`).replace(/\/$/, ''),
    filing: env['JINGUO_FILING_NO']?.trim() || null,
    keyFile: resolve(env['JINGUO_KEY_FILE'] ?? `${dataDir}.key`),
    keyFileNamed: Boolean(env['JINGUO_KEY_FILE']),
    crypto,
    anchorDir: resolve(env['JINGUO_ANCHOR_DIR'] ?? `${dataDir}.anchors`),
    filesDir: resolve(env['JINGUO_FILES_DIR'] ?? `${dataDir}.files`),
    tsa: readTsa(env),
    outside: readOutside(env),
    metrics: readMetrics(env),
    backupDir: env['JINGUO_BACKUP_DIR'] ? resolve(env['JINGUO_BACKUP_DIR']) : null,
    insecureLan,
    exportAlone: readAlone(env),
    production: env['NODE_ENV'] === 'production',
  }
}

/** @throws Error for what is no number of persons */
function readAlone(env: NodeJS.ProcessEnv): number {
  const alone = Number(env['JINGUO_EXPORT_ALONE'] ?? aloneByDefault)
  if (!Number.isInteger(alone) || alone < 0 || alone > mostFullRows)
    throw new Error(
      `JINGUO_EXPORT_ALONE 是一人一天不经第二人批准可导出的人数，应为 0–${mostFullRows} 的整数，现为“${env['JINGUO_EXPORT_ALONE']}”`,
    )
  return alone
}

/** @throws Error for what is no address with a port */
function readMetrics(env: NodeJS.ProcessEnv): Env['metrics'] {
  const asked = env['JINGUO_METRICS']
  if (!asked) return null
  const found = /^(?:(\[[\da-f:]+\]|[\w.-]+):)?(\d{1,5})$/i.exec(asked)
  const port = Number(found?.[2])
  if (!found || port > 65535)
    throw new Error(`JINGUO_METRICS 应形如 127.0.0.1:9464（监控指标的地址），现为“${asked}”`)
  return { host: found[1]?.replace(/[[\]]/g, '') ?? '127.0.0.1', port }
}

function readTsa(env: NodeJS.ProcessEnv): Env['tsa'] {
  const [url, caFile] = [env['JINGUO_TSA_URL'], env['JINGUO_TSA_CA']]
  if (!url) return null
  if (!URL.canParse(url) || !/^(inner\+)?https?:/.test(url))
    throw new Error(`JINGUO_TSA_URL 应为网址，现为“${url}”`)
  if (!caFile) throw new Error('设了 JINGUO_TSA_URL 还须设 JINGUO_TSA_CA：时间戳机构根证书（PEM）的路径')
  return { url, caFile: resolve(caFile) }
}

/** @throws Error when the settings of a unified sign-in are given in part */
function readOidc(env: NodeJS.ProcessEnv): Env['oidc'] {
  const issuer = env['JINGUO_OIDC_ISSUER']
  if (!issuer) return null
  const clientId = env['JINGUO_OIDC_CLIENT_ID']
  const clientSecret = env['JINGUO_OIDC_CLIENT_SECRET']
  if (!URL.canParse(issuer) || !clientId || !clientSecret)
    throw new Error(
      '统一身份登录须同时设 JINGUO_OIDC_ISSUER（网址）、JINGUO_OIDC_CLIENT_ID、JINGUO_OIDC_CLIENT_SECRET',
    )
  const also = (env['JINGUO_OIDC_ALSO'] ?? '').split(',').filter(Boolean)
  return { issuer, clientId, clientSecret, label: env['JINGUO_OIDC_LABEL'] ?? '统一身份登录', also }
}

/** Who runs the command line, for its audit rows. */
export function systemUser(): string {
  try {
    return userInfo().username
  } catch {
    return homedir()
  }
}
