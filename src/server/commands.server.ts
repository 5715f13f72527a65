import { resolve } from 'node:path'
import { existsSync } from 'node:fs'
import { exportAudit, verifyExport } from '#audit/export.server.ts'
import type { Break } from '#audit/chain.ts'
import { verifyChain } from '#audit/verify.server.ts'
import { auditReleases } from '#figures/disclosure/release.server.ts'
import { compareEarlier } from '#figures/earlier/verify.server.ts'
import { writeArchive } from '#export/archive/make.server.ts'
import { compareLocks } from '#figures/lock/verify.server.ts'
import { recount } from '#figures/verify.server.ts'
import type { AskedOf } from '#figures/prose/asked.ts'
import { liveOf, orgOfCode } from '#figures/prose/live.server.ts'
import { writeSummaryFile } from '#figures/summary/command.server.ts'
import { asService } from '#identity/service.server.ts'
import { checkEvidence } from '#record/evidence/service.server.ts'
import { inTransaction, wholeTree, type Tx } from './database.server.ts'
import type { Deps } from './deps.server.ts'
import { runKeys } from './keys.server.ts'
import type { CommandIo } from './embedded/control.server.ts'
import { exit, parse, usage } from './arguments.server.ts'
import { intakeCommand } from './intakeCommand.server.ts'

/** Runs a command that needs the database. @returns exit code */
export async function runCommand(deps: Deps, argv: string[], io: CommandIo): Promise<number> {
  const [command, ...rest] = argv
  switch (command) {
    case 'verify':
      return verify(deps, rest, io)
    case 'keys':
      return runKeys(deps, rest, io)
    case 'summary':
      return summary(deps, rest, io)
    case 'audit':
      return exportChain(deps, rest, io)
    case 'export':
      return exportAll(deps, rest, io)
    case 'live':
      return live(deps, rest, io)
    case 'import':
    case 'onboard':
      return intakeCommand(deps, argv, io)
    case 'today':
      io.err('演示没有在运行：请先 npm start，再换业务日期\n')
      return exit.usage
    default:
      io.err(`${usage}\n`)
      return exit.usage
  }
}

async function verify(deps: Deps, argv: string[], io: CommandIo): Promise<number> {
  const { values } = parse(argv, { audit: { type: 'boolean' } })
  const code = await asService(deps, io.user, async (actor) => {
    const context = { scopeCode: actor.org.scopeCode, token: actor.token, oneSnapshot: true }
    return inTransaction(deps.db, context, async (tx) => {
      const anchored = deps.anchors?.read() ?? { anchors: [], bad: null }
      const chain = await verifyChain(tx, deps.crypto.hash, anchored.anchors)
      const faults =
        tellChain({ ...chain, anchors: anchored.anchors.length, badAnchor: anchored.bad }, io) +
        (await tellTokens(deps, io))
      if (values['audit']) return faults === 0 ? exit.clean : exit.difference
      const report = await recount(deps, tx)
      for (const d of report.differences) io.out(`数字不符：${d.what}\n`)
      io.out(
        `重算：${report.records} 条记录、${report.entries} 条台账分录、${report.totals} 行汇总，${report.differences.length === 0 ? '全部相符' : `${report.differences.length} 处不符`}\n`,
      )
      const locked = await tellLocks(tx, io)
      const early = await tellEarlier(deps, tx, io)
      const lost = await tellEvidence(deps, tx, io)
      return faults + report.differences.length + locked + early + lost === 0 ? exit.clean : exit.difference
    })
  })
  if (values['audit']) return code
  return (await tellReleases(deps, io)) === 0 ? code : exit.difference
}

/** Says whether a hidden cell of the release log can be told. @returns number of those that can */
async function tellReleases(deps: Deps, io: Pick<CommandIo, 'out'>): Promise<number> {
  const { tables, hidden, breaches } = await inTransaction(
    deps.db,
    { ...wholeTree, oneSnapshot: true },
    (tx) => auditReleases(deps, tx),
  )
  for (const { indicator, key, range } of breaches)
    io.out(`发布表不符：${indicator} 的 ${key} 可由已发布的数推出在 ${range.min} 到 ${range.max} 之间\n`)
  io.out(
    `发布表：${tables} 张，隐去 ${hidden} 格，${breaches.length === 0 ? '都推算不出' : `${breaches.length} 格可被推算`}\n`,
  )
  return breaches.length
}

/** Says whether what standing locks keep is what the books held at their sequences. @returns how many values are not */
async function tellLocks(tx: Tx, io: Pick<CommandIo, 'out'>): Promise<number> {
  const { locks, differences } = await compareLocks(tx)
  for (const { what } of differences) io.out(`锁定值不符：${what}\n`)
  io.out(
    `期间锁定：${locks} 个，${differences.length === 0 ? '锁定值全部相符' : `${differences.length} 处不符`}\n`,
  )
  return differences.length
}

/** Says whether accepted totals of earlier years are what the chain says was accepted. @returns how many are not */
async function tellEarlier(deps: Deps, tx: Tx, io: Pick<CommandIo, 'out'>): Promise<number> {
  const { totals, differences } = await compareEarlier(deps, tx)
  for (const { what } of differences) io.out(`历年估报不符：${what}\n`)
  io.out(
    `历年估报：${totals} 个，${differences.length === 0 ? '与审核时一致' : `${differences.length} 处不符`}\n`,
  )
  return differences.length
}

/** Says which evidence files are gone or no longer what was stored. @returns how many */
async function tellEvidence(deps: Deps, tx: Tx, io: Pick<CommandIo, 'out'>): Promise<number> {
  if (!deps.files) return 0
  const { checked, faults } = await checkEvidence(tx, deps.files)
  for (const { name, record, fault } of faults)
    io.out(`附件不符：${record} 的“${name}”${fault === 'missing' ? '不在文件夹中' : '内容已变'}\n`)
  io.out(`附件：${checked} 份，${faults.length === 0 ? '全部完好' : `${faults.length} 份不符`}\n`)
  return faults.length
}

/** Says whether the time-stamps of the anchors are the authority's. @returns number of faults */
async function tellTokens(deps: Deps, io: Pick<CommandIo, 'out'>): Promise<number> {
  const { count, bad } = (await deps.anchors?.tokens()) ?? { count: 0, bad: null }
  if (bad !== null) io.out(`时间戳不符：锚定文件第 ${bad} 行\n`)
  if (count > 0 && bad === null) io.out(`时间戳：${count} 枚，完好\n`)
  return bad === null ? 0 : 1
}

type Told = { streams: number; rows: number; breaks: Break[]; anchors: number; badAnchor: number | null }

/** Says what was found in chain and anchors. @returns number of faults */
function tellChain(found: Told, io: Pick<CommandIo, 'out'>): number {
  for (const { districtId, seq, until } of found.breaks) {
    io.out(
      until === null
        ? `审计链不符：第 ${districtId} 流第 ${seq} 条\n`
        : `审计链不符：第 ${districtId} 流第 ${seq} 条起（至第 ${until} 条）与库外锚定不一致，曾被改写或恢复为旧数据\n`,
    )
  }
  if (found.badAnchor !== null) io.out(`锚定文件不符：第 ${found.badAnchor} 行\n`)
  const faults = found.breaks.length + (found.badAnchor === null ? 0 : 1)
  const word = faults === 0 ? '完好' : `${faults} 处不符`
  io.out(`审计链：${found.streams} 流 ${found.rows} 条，库外锚定 ${found.anchors} 次，${word}\n`)
  return faults
}

/**
 * `verify --audit FILE` needs no database and no server. @returns null where no file is named
 * @throws UsageError
 */
export async function verifyFile(
  argv: string[],
  io: Pick<CommandIo, 'out' | 'err' | 'cwd'>,
): Promise<number | null> {
  if (argv[0] !== '--audit' || argv[1] === undefined) return null
  const { values } = parse(argv.slice(2), { key: { type: 'string' } })
  const path = resolve(io.cwd, argv[1])
  if (!existsSync(path)) {
    io.err(`没有文件 ${path}\n`)
    return exit.usage
  }
  const key = typeof values['key'] === 'string' ? values['key'] : null
  const report = await verifyExport(path, key)
  if (report.badLine !== null) io.out(`导出文件第 ${report.badLine} 行已损坏\n`)
  if (key === null)
    io.out(`锚定按文件自带的公钥核对：${report.publicKey}（请与另处留存的公钥比对，或用 --key 指定）\n`)
  const faults = tellChain(report, io) + (report.badLine === null ? 0 : 1)
  return faults === 0 ? exit.clean : exit.difference
}

async function exportChain(deps: Deps, argv: string[], io: CommandIo): Promise<number> {
  const { values } = parse(argv, { out: { type: 'string' } })
  if (typeof values['out'] !== 'string') {
    io.err('用法：npx jinguo audit --out 文件\n')
    return exit.usage
  }
  const out = resolve(io.cwd, values['out'])
  return asService(deps, io.user, async (actor) => {
    await deps.anchors?.anchor(deps.db)
    const context = { scopeCode: actor.org.scopeCode, token: actor.token, oneSnapshot: true }
    const rows = await inTransaction(deps.db, context, (tx) =>
      exportAudit(tx, out, {
        installation: deps.anchors?.installation ?? '',
        publicKey: deps.crypto.publicKey,
        anchors: deps.anchors?.lines() ?? [],
      }),
    )
    io.out(`已导出 ${out}：${rows} 条\n公钥 ${deps.crypto.publicKey}（请另处留存，核对时用 --key 指定）\n`)
    return exit.clean
  })
}

async function exportAll(deps: Deps, argv: string[], io: CommandIo): Promise<number> {
  const { values } = parse(argv, { all: { type: 'string' } })
  if (typeof values['all'] !== 'string') {
    io.err('用法：npx jinguo export --all 文件夹\n')
    return exit.usage
  }
  const out = resolve(io.cwd, values['all'])
  return asService(deps, io.user, async (actor) => {
    const { files, lost } = await writeArchive(deps, actor, out, (line) => io.out(`${line}\n`))
    io.out(`已导出到 ${out}：${files} 个文件；先看其中的 说明.txt\n`)
    return lost === 0 ? exit.clean : exit.difference
  })
}

async function live(deps: Deps, argv: string[], io: CommandIo): Promise<number> {
  const { values } = parse(argv, {
    year: { type: 'string' },
    scope: { type: 'string' },
    asked: { type: 'string' },
  })
  const asked =
    typeof values['asked'] === 'string'
      ? (JSON.parse(values['asked']) as AskedOf)
      : { periods: [], units: {} }
  const scope = typeof values['scope'] === 'string' ? values['scope'] : null
  return asService(deps, io.user, async (actor) => {
    const context = { scopeCode: actor.org.scopeCode, token: actor.token, oneSnapshot: true }
    const line = await inTransaction(deps.db, context, async (tx) => {
      const org = scope === null ? null : await orgOfCode(tx, scope)
      return liveOf(deps, tx, actor, Number(values['year']), org, asked)
    })
    io.out(JSON.stringify(line))
    return exit.clean
  })
}

async function summary(deps: Deps, argv: string[], io: CommandIo): Promise<number> {
  const { values } = parse(argv, {
    year: { type: 'string' },
    out: { type: 'string' },
    review: { type: 'boolean' },
  })
  const year = Number(values['year'])
  if (!Number.isInteger(year) || typeof values['out'] !== 'string') {
    io.err('用法：npx jinguo summary --year 2019 --out 文件.docx [--review]\n')
    return exit.usage
  }
  const out = resolve(io.cwd, values['out'])
  return asService(deps, io.user, async (actor) => {
    const made = await writeSummaryFile(deps, actor, {
      year,
      out,
      mode: values['review'] ? 'review' : 'clean',
    })
    io.out(`已生成 ${out}\n快照 ${made.id}，内容摘要 ${made.hash.slice(0, 12)}\n`)
    return exit.clean
  })
}
