import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { openKeyFile } from '#crypto/provider.server.ts'
import { formatInstant } from '#kit/day.ts'
import { isProfile, profiles } from '#identity/password.ts'
import { UsageError } from './arguments.server.ts'
import { asOwner, openEngine } from './engine.server.ts'
import type { Env } from './env.server.ts'
import { keyPlaceFault } from './keyPlace.ts'
import { createInstallation, type Installation } from './installation.server.ts'

const questions = {
  city: '市总工会全称（如：某某市总工会）：',
  code: '组织编码（字母和数字，如 A01）：',
  admin: '第一位系统管理员的姓名：',
  login: '她的登录名（字母、数字，至少 3 个）：',
  profile: `密码规则，asvs = ${profiles.asvs.label}，djbh3 = ${profiles.djbh3.label}（直接回车为 asvs）：`,
} as const
type Question = keyof typeof questions

const options = {
  city: { type: 'string' },
  code: { type: 'string' },
  admin: { type: 'string' },
  login: { type: 'string' },
  profile: { type: 'string' },
  'invite-days': { type: 'string' },
} as const

type Io = { out(text: string): void; err(text: string): void }

/**
 * `init`: makes a live installation and prints the one-time link of its first administrator. What no option gives is asked at
 * a terminal. @throws UsageError, Error in Chinese
 */
export async function runInit(env: Env, argv: string[], io: Io): Promise<void> {
  const wanted = await answers(argv)
  const fault = keyPlaceFault(env, null)
  if (fault !== null) throw new Error(fault)
  const engine = await openEngine(env, (text) => io.out(`${text}\n`))
  try {
    const crypto = openKeyFile(env.keyFile, env.crypto)
    const invitation = await asOwner(env, engine, (owner) =>
      createInstallation(owner, crypto, { ...wanted, publicUrl: env.publicUrl }),
    )
    io.out(
      [
        '',
        `已建立正式环境：${wanted.city}（密码规则 ${profiles[wanted.profile].label}）。模式已写定，不能改为演示。`,
        `密钥文件 ${env.keyFile}：请另行备份，丢失后密码和已加密的内容都无法恢复。`,
        '',
        `请启动平台（npm start），由 ${wanted.admin} 打开下面的一次性链接设置密码并绑定动态验证码：`,
        `  ${invitation.link}`,
        `链接只能用一次，${formatInstant(new Date(invitation.expiresAt).toISOString())} 前有效；系统里没有任何默认账号或密码。`,
        '',
      ].join('\n'),
    )
  } finally {
    await engine.close()
  }
}

async function answers(argv: string[]): Promise<Omit<Installation, 'publicUrl'>> {
  const given = read(argv)
  const asked = await ask(given)
  const value = (name: Question): string => (given[name] ?? asked[name] ?? '').trim()
  const profile = value('profile') || 'asvs'
  const inviteDays = Number(given['invite-days'] ?? 7)
  const faults = [
    value('city').length < 2 && '请用 --city 写明市总工会全称',
    !/^[0-9A-Za-z-]{1,20}$/.test(value('code')) && '请用 --code 写明组织编码（字母、数字）',
    value('admin') === '' && '请用 --admin 写明第一位系统管理员的姓名',
    !/^[\p{L}\p{N}._@-]{3,60}$/u.test(value('login')) && '请用 --login 写明她的登录名（至少 3 个字符）',
    !isProfile(profile) && '--profile 应为 asvs 或 djbh3',
    !(Number.isInteger(inviteDays) && inviteDays >= 1 && inviteDays <= 30) &&
      '--invite-days 应为 1 到 30 的整数',
  ].filter((fault) => fault !== false)
  if (faults.length > 0 || !isProfile(profile)) throw new Error(faults.join('\n'))
  return {
    city: value('city'),
    code: value('code'),
    admin: value('admin'),
    login: value('login'),
    profile,
    inviteDays,
  }
}

function read(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: false }).values
  } catch {
    throw new UsageError()
  }
}

async function ask(given: Partial<Record<Question, string>>): Promise<Partial<Record<Question, string>>> {
  if (!process.stdin.isTTY) return {}
  const line = createInterface({ input: process.stdin, output: process.stdout })
  const found: Partial<Record<Question, string>> = {}
  for (const name of Object.keys(questions) as Question[])
    if (given[name] === undefined) found[name] = await line.question(questions[name])
  line.close()
  return found
}
