import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { verifyChain } from '#audit/verify.server.ts'
import { recount } from '#figures/verify.server.ts'
import { writeSummaryFile } from '#figures/summary/command.server.ts'
import { asService } from '#identity/service.server.ts'
import { inTransaction } from './database.server.ts'
import type { Deps } from './deps.server.ts'
import type { CommandIo } from './embedded/control.server.ts'

/** Exit codes of the command line. */
export const exit = { clean: 0, difference: 1, usage: 2 } as const

export const usage = `用法：npx jinguo <命令>
  start                              启动平台（首次启动自动建库并装入演示年度）
  summary --year 2019 --out 文件.docx   冻结快照并生成年度工作总结（--review 附逐数批注）
  verify [--audit]                   从原始记录重算全部数字并核对审计链（--audit 只核对审计链）
  migrate                            升级数据库结构（用 DATABASE_ADMIN_URL）`

/** Runs a command that needs the database. @returns exit code */
export async function runCommand(deps: Deps, argv: string[], io: CommandIo): Promise<number> {
  const [command, ...rest] = argv
  switch (command) {
    case 'verify':
      return verify(deps, rest, io)
    case 'summary':
      return summary(deps, rest, io)
    default:
      io.err(`${usage}\n`)
      return exit.usage
  }
}

async function verify(deps: Deps, argv: string[], io: CommandIo): Promise<number> {
  const { values } = parse(argv, { audit: { type: 'boolean' } })
  return asService(deps.db, io.user, async (actor) => {
    const context = { scopeCode: actor.org.scopeCode, token: actor.token, oneSnapshot: true }
    return inTransaction(deps.db, context, async (tx) => {
      const chain = await verifyChain(tx)
      for (const b of chain.breaks) io.out(`审计链不符：第 ${b.districtId} 流第 ${b.seq} 条\n`)
      io.out(
        `审计链：${chain.streams} 流 ${chain.rows} 条，${chain.breaks.length === 0 ? '完好' : `${chain.breaks.length} 处不符`}\n`,
      )
      if (values['audit']) return chain.breaks.length === 0 ? exit.clean : exit.difference
      const report = await recount(deps, tx)
      for (const d of report.differences) io.out(`数字不符：${d.what}\n`)
      io.out(
        `重算：${report.records} 条记录、${report.entries} 条台账分录、${report.totals} 行汇总，${report.differences.length === 0 ? '全部相符' : `${report.differences.length} 处不符`}\n`,
      )
      return chain.breaks.length + report.differences.length === 0 ? exit.clean : exit.difference
    })
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
  return asService(deps.db, io.user, async (actor) => {
    const made = await writeSummaryFile(deps, actor, {
      year,
      out,
      mode: values['review'] ? 'review' : 'clean',
    })
    io.out(`已生成 ${out}\n快照 ${made.id}，内容摘要 ${made.hash.slice(0, 12)}\n`)
    return exit.clean
  })
}

type Options = Record<string, { type: 'string' | 'boolean' }>

/** @throws UsageError on an unknown option */
function parse(args: string[], options: Options) {
  try {
    return parseArgs({ args, options, allowPositionals: false })
  } catch {
    throw new UsageError()
  }
}

/** The words of a command are off. */
export class UsageError extends Error {}
