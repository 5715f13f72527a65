import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { asAccount } from '#identity/service.server.ts'
import { runIntake, type Report } from '#intake/command.server.ts'
import { readyOf } from '#intake/target.ts'
import { Problem } from '#kit/problem.ts'
import { inviteAll, type Invited } from '#onboarding/invitations.server.ts'
import { refusalOf } from '#running/modes.ts'
import { runningNow } from '#running/service.server.ts'
import type { Deps } from './deps.server.ts'
import type { CommandIo } from './embedded/control.server.ts'

const options = {
  as: { type: 'string' },
  org: { type: 'string' },
  links: { type: 'string' },
  'dry-run': { type: 'boolean' },
  'right-only': { type: 'boolean' },
  draft: { type: 'boolean' },
  note: { type: 'string' },
  reason: { type: 'string' },
  json: { type: 'boolean' },
} as const

const words = `用法：
  npx jinguo import 导入什么 文件 --as 登录名 [--org 编码] [--right-only] [--draft] [--note 提醒的说明] [--reason 更正理由] [--dry-run] [--json]
      导入什么：person（会员），或项目的代号，如 training（女职工教育培训）
  npx jinguo onboard 文件 --as 登录名 [--links 链接.csv] [--dry-run] [--json]                 建单位和账号\n`

/** `import` and `onboard`. @returns 0 all right, 1 something is wrong in the file or it was refused, 2 the words are off */
export async function intakeCommand(deps: Deps, argv: string[], io: CommandIo): Promise<0 | 1 | 2> {
  const [command, ...rest] = argv
  const { values, positionals } = read(rest)
  const [target, file] = command === 'onboard' ? ['onboarding', positionals[0]] : positionals
  const login = values?.as
  if (!values || !target || !file || !login) {
    io.err(words)
    return 2
  }
  if (!deps.intakes.some(({ key }) => key === target)) {
    const known = deps.intakes.map(({ key, label }) => `  ${key}  ${label}\n`)
    io.err(`没有“${target}”这一项，可以导入的有：\n${known.join('')}`)
    return 2
  }
  const path = resolve(io.cwd, file)
  if (!existsSync(path)) {
    io.err(`没有文件 ${path}\n`)
    return 2
  }
  const links = typeof values.links === 'string' ? resolve(io.cwd, values.links) : null
  try {
    const { change, mode } = await runningNow(deps.db, deps.today())
    if (change !== null && mode !== 'open' && !values['dry-run'])
      throw Problem.notRunning({ mode, sentence: refusalOf(change) })
    return await asAccount(deps, io.user, { login, orgCode: values.org ?? null }, async (actor) => {
      let invited: Invited[] = []
      const report = await runIntake(
        deps,
        actor,
        // Links are written in the transaction that opens their accounts: these tables want the door's proof.
        {
          scopeCode: actor.org.scopeCode,
          unit: actor.org.id,
          token: actor.token,
          ...(links === null ? {} : { door: deps.door }),
        },
        {
          target,
          name: basename(path),
          bytes: readFileSync(path),
          dryRun: values['dry-run'] ?? false,
          commit: {
            mode: values['right-only'] ? 'right' : 'all',
            as: values.draft ? 'draft' : 'record',
            ...(values.note === undefined ? {} : { note: values.note }),
            ...(values.reason === undefined ? {} : { reason: values.reason }),
          },
        },
        async (tx, work, id) => {
          if (links !== null) invited = await inviteAll(deps, tx, work, id)
        },
      )
      if (links !== null && invited.length > 0) writeFileSync(links, linesOf(invited), { mode: 0o600 })
      tell(report, io, values.json ?? false)
      const isStopped = report.made === 0 && !values['dry-run'] && !values['right-only'] && !values.json
      if (isStopped && readyOf(report.counts) > 0) io.out('要先导入没有错的行，请加 --right-only\n')
      return report.counts.wrong + report.counts.double > 0 && report.made === 0 ? 1 : 0
    })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const field = error.issues[0]?.field
    const how =
      field === 'note' || field === 'reason' ? `：--${field} "……"（加 --dry-run 可先看是哪些行）` : ''
    // A program that reads the answer reads the refusal there too.
    if (values.json)
      io.out(
        `${JSON.stringify({ refused: { code: error.code, message: error.message, issues: error.issues } })}\n`,
      )
    else io.err(`${error.message}${how}\n`)
    return 1
  }
}

function read(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch {
    return { values: null, positionals: [] }
  }
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
const linesOf = (list: readonly Invited[]): string =>
  `\ufeff${[
    ['姓名', '登录名', '单位', '链接', '有效期至'],
    ...list.map((i) => [i.name, i.login, i.org, i.link, i.expiresAt]),
  ]
    .map((line) => line.map(quoted).join(','))
    .join('\r\n')}\r\n`

function tell({ counts, made, missing, rows }: Report, io: CommandIo, json: boolean): void {
  if (json) {
    io.out(`${JSON.stringify({ counts, made, missing, rows })}\n`)
    return
  }
  for (const { sheet, columns } of missing)
    io.out(`错误 ${sheet}：没有找到必填的栏目“${columns.join('、')}”，请补上这些列，或下载模板填写\n`)
  const absent = new Map(missing.map(({ sheet, columns }) => [sheet, new Set(columns)]))
  for (const { sheet, line, updates, issues: all } of rows) {
    if (updates !== null) io.out(`更新 ${sheet} 第 ${line} 行：${updates}\n`)
    // A column that is not there at all was said once.
    const issues = all.filter(({ label }) => label === null || !absent.get(sheet)?.has(label))
    for (const { level, label, message } of issues)
      io.out(
        `${level === 'error' ? '错误' : '提醒'} ${sheet} 第 ${line} 行${label ? ` ${label}` : ''}：${message}\n`,
      )
  }
  io.out(
    `可导入 ${readyOf(counts)} 行（其中更新已有的 ${counts.update} 行），有错 ${counts.wrong} 行，疑似重复 ${counts.double} 行，已有 ${counts.same} 行；${made > 0 ? `已导入 ${made} 行` : '没有写入任何内容'}\n`,
  )
}
