import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { openKeyFile } from '#crypto/provider.server.ts'
import { loadDemo } from '#demo/load.server.ts'
import { releaseDue } from '#figures/disclosure/release.server.ts'
import { startFolder } from '#figures/folder.server.ts'
import { openMetrics, serveMetrics } from '#health/metrics.server.ts'
import { openProbe } from '#health/probe.server.ts'
import { demoPeople } from '#identity/session.server.ts'
import { buildApp } from './app.server.ts'
import { makeDeps, openYears, readSetting } from './boot.server.ts'
import { behind } from '#audit/anchor.ts'
import { startTurns } from '#notify/jobs.server.ts'
import { startSweeps } from '#signup/sweep.server.ts'
import { openWaysOut, withStandIn } from '#notify/open.server.ts'
import { startAnchoring } from '#audit/anchorFile.server.ts'
import { readHeads } from '#audit/verify.server.ts'
import { backupCommand, noteRestored, noteTrial, restoreCommand } from '#backup/command.server.ts'
import { nightlyCommand } from '#backup/nightly.server.ts'
import { runCommand, verifyFile } from './commands.server.ts'
import { inTransaction, wholeTree } from './database.server.ts'
import type { Deps } from './deps.server.ts'
import { moveDay } from './demoDay.server.ts'
import { callControl, serveControl, type CommandIo } from './embedded/control.server.ts'
import { packageRoot } from './embedded/template.server.ts'
import { asOwner, migrationsDir, openEngine, type Engine } from './engine.server.ts'
import { readEnv, systemUser, type Env } from './env.server.ts'
import { exit, usage, UsageError } from './arguments.server.ts'
import { runInit } from './init.server.ts'
import { keyPlaceFault } from './keyPlace.ts'
import { clockJobs, jobKinds } from './jobKinds.server.ts'
import { startJobs, type JobRunner } from './jobRunner.server.ts'
import { openLog } from './log.server.ts'
import { migrate, readMigrations } from './migrate.server.ts'
import { openStore } from '#record/evidence/store.server.ts'
import { purgePersons } from '#person/purge.server.ts'
import { indexPhones } from '#person/vaultKeys.server.ts'
import { purge } from './purge.server.ts'

const out = (text: string): void => void process.stdout.write(text)
const err = (text: string): void => void process.stderr.write(text)

/** The command line. @returns exit code; `start` returns when the server has stopped. */
export async function main(argv: string[]): Promise<number> {
  const env = readEnv()
  try {
    switch (argv[0]) {
      case 'start':
        return await start(env)
      case 'init':
        await runInit(env, argv.slice(1), { out, err })
        return exit.clean
      case 'migrate':
        return await migrateCommand(env)
      case 'verify': {
        const code = await verifyFile(argv.slice(1), { out, err, cwd: process.cwd() })
        return code ?? (await command(env, argv))
      }
      case 'restore':
        return await restoreCommand(env, argv.slice(1), { out, err, cwd: process.cwd() }, command)
      case 'nightly':
        return await nightlyCommand(env, argv.slice(1), { out, err, cwd: process.cwd() }, command)
      case 'backup':
      case 'keys':
      case 'summary':
      case 'audit':
      case 'export':
      case 'import':
      case 'onboard':
      case 'today':
        return await command(env, argv)
      default:
        err(`${usage}\n`)
        return exit.usage
    }
  } catch (error) {
    if (error instanceof UsageError) {
      err(`${usage}\n`)
      return exit.usage
    }
    err(`${error instanceof Error ? error.message : String(error)}\n`)
    return exit.usage
  }
}

async function migrateCommand(env: Env): Promise<number> {
  if (!env.databaseAdminUrl)
    throw new Error('请设 DATABASE_ADMIN_URL（数据库结构所有者的登录），内嵌数据库会在启动时自动升级')
  const client = new pg.Client({ connectionString: env.databaseAdminUrl })
  await client.connect()
  try {
    const applied = await migrate(client, readMigrations(migrationsDir()))
    out(applied.length === 0 ? '数据库结构已是最新\n' : `已执行迁移 ${applied.join('、')}\n`)
    return exit.clean
  } finally {
    await client.end()
  }
}

/** A command goes through the server that holds the data folder; else it opens the database itself. */
export async function command(
  env: Env,
  argv: string[],
  io = { out, err, cwd: process.cwd() },
): Promise<number> {
  if (!env.databaseUrl) {
    const code = await callControl(env.dataDir, argv, io)
    if (code !== null) return code
    if (!existsSync(env.dataDir)) throw new Error(`没有数据文件夹 ${env.dataDir}，请先 npm start`)
  }
  const engine = await openEngine(env, () => undefined)
  try {
    const deps = await depsOf(env, engine, () => undefined)
    return await runHere(env, engine, deps, argv, { ...io, user: systemUser() })
  } finally {
    await engine.close()
  }
}

/** A command where the database is open; a backup needs its owner besides. */
async function runHere(env: Env, engine: Engine, deps: Deps, argv: string[], io: CommandIo): Promise<number> {
  const [verb, ...rest] = argv
  if (verb === 'backup') return asOwner(env, engine, (owner) => backupCommand(deps, owner, rest, io))
  if (verb === 'restored') return noteRestored(deps, rest, io)
  if (verb === 'trialled') return noteTrial(deps, rest)
  return runCommand(deps, argv, io)
}

/** @throws Error in Chinese where the key file lies in a place that it must not */
async function depsOf(env: Env, engine: Engine, nudge: () => void): Promise<Deps> {
  const mode = (await readSetting(engine.db, 'mode')) === 'live' ? 'live' : 'demo'
  const fault = keyPlaceFault(env, mode)
  if (fault !== null) throw new Error(fault)
  const waysOut = openWaysOut(env.outside)
  return makeDeps({
    db: engine.db,
    crypto: openKeyFile(env.keyFile, env.crypto),
    anchorDir: env.anchorDir,
    filesDir: env.filesDir,
    tsa: env.tsa,
    fixedToday: env.today,
    publicUrl: env.publicUrl,
    oidc: env.oidc,
    filing: env.filing,
    exportAlone: env.exportAlone,
    waysOut: mode === 'demo' ? withStandIn(waysOut, out) : waysOut,
    engine: { name: engine.name, promise: engine.promise },
    probe: openProbe(engine.pool, [
      ...(env.databaseUrl === null ? [{ what: '数据', path: env.dataDir }] : []),
      { what: '附件', path: env.filesDir },
      { what: '库外签存', path: env.anchorDir },
      ...(env.backupDir === null ? [] : [{ what: '备份', path: env.backupDir }]),
    ]),
    nudge,
  })
}

/** Loads the demo into an empty database; on PostgreSQL as the owner of the schema. */
async function ensureDemo(env: Env, engine: Engine): Promise<void> {
  const mode = await readSetting(engine.db, 'mode')
  if (mode === 'live' && env.demoAsked)
    throw new Error('这是正式环境的数据库，不能装入演示数据；请去掉 JINGUO_DEMO=1')
  if (mode !== null || !env.demo) return
  const started = Date.now()
  const step = (text: string) =>
    out(`[${((Date.now() - started) / 1000).toFixed(0).padStart(3)} 秒] ${text}\n`)
  step('首次启动：正在装入演示年度，约需一分钟…')
  await asOwner(env, engine, (owner) =>
    loadDemo(owner, engine.db, openKeyFile(env.keyFile, env.crypto), openStore(env.filesDir), step),
  )
  step('演示年度已装入')
}

async function start(env: Env): Promise<number> {
  const [log, troubles] = [openLog(1), openLog(2)]
  const complain = (text: string): void => troubles.write(text)
  const engine = await openEngine(env, (text) => out(`${text}\n`))
  for (const warning of engine.warnings) complain(`${warning}\n`)
  try {
    await ensureDemo(env, engine)
  } catch (error) {
    await engine.close()
    throw error
  }
  const folder = startFolder(engine.db, (error) => complain(`汇总未完成，稍后重试：${String(error)}\n`))
  let jobs: JobRunner | null = null
  const deps = await depsOf(env, engine, () => {
    folder.nudge()
    jobs?.nudge()
  })
  await openYears(deps.db, deps.today())
  await warnOfRestore(deps, complain)
  const anchoring = deps.anchors
    ? await startAnchoring(deps.anchors, deps.db, (error) =>
        complain(`审计锚定：${error instanceof Error ? error.message : String(error)}；下一轮再试\n`),
      )
    : null
  const leaving = new AbortController()
  let releasing: Promise<unknown> = Promise.resolve()
  const release = () =>
    releaseDue(deps, leaving.signal).catch((error: unknown) =>
      complain(`季度发布表未完成，稍后重试：${String(error)}\n`),
    )
  // A server that lives over New Year carries the balances itself.
  const turn = setInterval(() => {
    openYears(deps.db, deps.today()).catch((error: unknown) =>
      complain(`新一年的结转未完成，稍后重试：${String(error)}\n`),
    )
    purge(deps)
      .then(() => purgePersons(deps.db, deps.today()))
      .catch((error: unknown) => complain(`过期的会话、文件和个人信息未清理，稍后重试：${String(error)}\n`))
    releasing = releasing.then(release)
  }, 3_600_000)
  const metrics = env.metrics === null ? null : openMetrics(deps)
  const { app } = await buildApp(deps, {
    distDir: join(packageRoot(), 'dist'),
    metrics,
    insecureLan: env.insecureLan,
    trustProxy: env.trustProxy,
    log,
    mostLag: 2000,
  })
  const address = await app.listen({ port: env.port, host: env.host })
  const measured =
    metrics &&
    (await serveMetrics(deps, metrics, env.metrics!).catch((error: unknown) => {
      complain(`监控指标没有开：${String(error)}；其余照常\n`)
      return null
    }))
  if (measured) out(`监控指标：${measured.address}/metrics\n`)
  const control =
    engine.kind === 'embedded'
      ? await serveControl(env.dataDir, (argv, io) =>
          argv[0] === 'today' ? moveDay(deps, argv[1], io) : runHere(env, engine, deps, argv, io),
        )
      : null
  await greet(env, engine, deps, address)
  releasing = release()
  const indexing = indexPhones(deps, leaving.signal).then(
    ({ unread }) =>
      unread.length > 0 &&
      complain(
        `有 ${unread.length} 人登记的手机号解不开，暂不能用手机号登录：${unread.slice(0, 5).join('、')}\n`,
      ),
    (error: unknown) => complain(`手机号索引未完成，下次启动再补：${String(error)}\n`),
  )
  jobs = startJobs(deps, jobKinds, (error) => complain(`后台任务未完成，稍后重试：${String(error)}\n`))
  const looking = startTurns(deps, (error) => complain(`提醒未完成，稍后重试：${String(error)}\n`))
  const sweeping = startSweeps(deps, clockJobs, (error) =>
    complain(`活动名额或答题未及时整理，稍后重试：${String(error)}\n`),
  )
  const reason = await Promise.race([stopSignal(), engine.broken])
  if (reason instanceof Error) complain(`${reason.message}\n`)
  clearInterval(turn)
  clearInterval(looking)
  clearInterval(sweeping)
  leaving.abort()
  await measured?.close()
  await control?.close()
  await app.close()
  await jobs.stop()
  await releasing
  await indexing
  await folder.stop()
  if (!(reason instanceof Error)) await anchoring?.stop()
  await engine.close()
  await Promise.all([log.flush(), troubles.flush()])
  return reason instanceof Error ? exit.difference : exit.clean
}

/** Says at the start that the database is older than what was signed outside it. */
async function warnOfRestore(deps: Deps, say: (text: string) => void): Promise<void> {
  if (!deps.anchors) return
  const heads = await inTransaction(deps.db, wholeTree, readHeads)
  const lost = behind(heads, deps.anchors.read().anchors)
  if (lost.length === 0) return
  const streams = lost.map((head) => `第 ${head.district_id} 流（库外签到第 ${head.seq} 条）`).join('、')
  say(
    `注意：数据库比最后一次库外签存旧，可能恢复过旧备份：${streams}。请核对备份，并运行 npx jinguo verify --audit\n`,
  )
}

function stopSignal(): Promise<'stopped'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve('stopped'))
  })
}

async function greet(env: Env, engine: Engine, deps: Deps, address: string): Promise<void> {
  out(`\n巾帼 已启动：${address}\n${engine.promise}\n`)
  if (env.insecureLan) out('注意：局域网明文方式（JINGUO_INSECURE_LAN=1），仅供演示。\n')
  if (deps.mode !== 'demo') return
  const people = await inTransaction(deps.db, wholeTree, demoPeople)
  out(`业务日期 ${deps.today()}（演示数据）。打开网址，选一个演示人员即可登录：\n`)
  for (const p of people) out(`  ${p.name}　${p.org.shortName} ${p.title}\n`)
}
