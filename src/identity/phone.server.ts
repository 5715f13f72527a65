import { sql } from 'kysely'
import { closeWork, openWork } from '#audit/unitOfWork.server.ts'
import { randomId, randomToken } from '#crypto/provider.server.ts'
import { digitCode, nameDigest, receiptDigest, tokenDigest } from '#crypto/secret.server.ts'
import { maskPhone } from '#kit/field/idNumber.ts'
import { Problem } from '#kit/problem.ts'
import { readMobile } from '#person/rules.ts'
import { phoneIndex } from '#person/vault.server.ts'
import { first, inTransaction, type Tx } from '#server/database.server.ts'
import { identityContext, type Deps } from '#server/deps.server.ts'
import type { Actor } from './actor.ts'
import { bareName, codeRules } from './phone.ts'
import { notify } from './notice.server.ts'
import { giveBack, spendTry, type Subject } from './throttle.server.ts'
import { networkOf } from './throttle.ts'

type Asked = { visitor: Actor; address: string }

const at = (field: 'phone' | 'code' | 'name', message: string): Problem =>
  Problem.invalid({ issues: [{ field, message }] })

const stale = (): Problem => at('code', '验证码已失效或与手机号不符，请重新获取')

function mobileOf(typed: string): string {
  const phone = readMobile(typed)
  if (phone === null) throw at('phone', '请填写 11 位手机号')
  return phone
}

/** Which telephone an audit row is about, to be found again but not read. */
const objectOf = (deps: Deps, phone: string): string =>
  `phone:${nameDigest(deps.crypto, `phone ${phone}`).slice(0, 16)}`

/** An act of somebody who is nobody yet stands in the city's stream. */
async function noteVisit(
  deps: Deps,
  tx: Tx,
  visitor: Actor,
  act: { action: string; phone: string; result?: string },
): Promise<void> {
  const city = await first<{ id: number }>(tx, sql`SELECT min(id) AS id FROM app.org WHERE tier = 'city'`)
  const work = openWork(visitor)
  const { action, phone, result } = act
  work.audit({
    districtId: city!.id,
    action,
    object: objectOf(deps, phone),
    ...(result === undefined ? {} : { result }),
  })
  await closeWork(tx, work, deps.crypto)
}

export type Sent = { ticket: string; mask: string; shown: string | null }

/**
 * Sends a code to a telephone, whoever's it is: the register is not even looked at, so that answer and time tell nothing.
 * @param address counted beside the phone, so that nobody sets the way on strangers
 * @returns the ticket for the cookie of the browser that asked
 * @throws Problem.wayAbsent, invalid at phone, tooManyCodes, codeNotSent
 */
export async function sendCode(deps: Deps, typed: string, { visitor, address }: Asked): Promise<Sent> {
  const { codes } = deps.waysOut
  if (!codes) throw Problem.wayAbsent({ way: '短信登录' })
  const phone = mobileOf(typed)
  const subject = (kind: Subject['kind'], of: string): Subject => ({
    kind,
    digest: nameDigest(deps.crypto, `${kind} ${of}`),
  })
  const [ticket, code] = [randomToken(), digitCode()]
  await inTransaction(deps.db, identityContext(deps), async (tx) => {
    const network = networkOf(address)
    const subjects = [
      subject('codeMinute', phone),
      subject('codePhone', phone),
      subject('codeDay', `${phone} ${network}`),
      subject('codeAddress', network),
      subject('codeNetwork', network),
      subject('codeAll', ''),
    ]
    await spendTry(tx, subjects, Problem.tooManyCodes)
    await sql`INSERT INTO app.phone_code (ticket_hash, phone_index, code_hash, expires_at)
      VALUES (${tokenDigest(ticket)}, ${phoneIndex(deps.crypto, phone)}, ${digestOf(deps, ticket, code)}, clock_timestamp() + make_interval(mins => ${codeRules.minutes}::int))`.execute(
      tx,
    )
    await noteVisit(deps, tx, visitor, { action: 'session.code', phone })
  })
  await codes
    .send({ to: phone, code, id: randomId() }, AbortSignal.timeout(10_000))
    .catch((cause: unknown) => {
      const problem = Problem.codeNotSent()
      problem.cause = cause
      throw problem
    })
  return { ticket, mask: maskPhone(phone), shown: codes.isShown && deps.mode === 'demo' ? code : null }
}

const digestOf = (deps: Deps, ticket: string, code: string): Buffer =>
  receiptDigest(deps.crypto, `phone ${ticket} ${code}`)

/** A telephone that was proved, by the code in the hand of whoever asked for it. */
export type Proved = { phone: string; ticket: string; tries: Subject[] }

/**
 * Checks a code outside the request's transaction: a try is counted before the code is looked at, and stays counted.
 * @throws Problem.wayAbsent, tooManyTries, invalid at phone or code
 */
export async function proveCode(
  deps: Deps,
  typed: { phone: string; code: string },
  ticket: string | null,
  { visitor, address }: Asked,
): Promise<Proved> {
  if (!deps.waysOut.codes) throw Problem.wayAbsent({ way: '短信登录' })
  const phone = mobileOf(typed.phone)
  const code = typed.code.normalize('NFKC').replace(/\s/g, '')
  if (!/^\d{6}$/.test(code)) throw at('code', '请填写短信里的 6 位数字')
  if (ticket === null) throw stale()
  const tries: Subject[] = [
    { kind: 'address', digest: nameDigest(deps.crypto, `address ${networkOf(address)}`) },
  ]
  const found = await inTransaction(deps.db, identityContext(deps), async (tx) => {
    await spendTry(tx, tries)
    const tried = await first<{ hash: Buffer; tries: number }>(
      tx,
      sql`UPDATE app.phone_code SET tries = tries + 1 WHERE ticket_hash = ${tokenDigest(ticket)} AND phone_index = ${phoneIndex(deps.crypto, phone)}
        AND tries < ${codeRules.tries}::int AND expires_at > clock_timestamp() RETURNING code_hash AS hash, tries`,
    )
    const fits = tried !== null && tried.hash.equals(digestOf(deps, ticket, code))
    if (!fits) await noteVisit(deps, tx, visitor, { action: 'session.open', phone, result: 'refused' })
    return { fits, left: tried === null ? 0 : codeRules.tries - tried.tries }
  })
  if (found.fits) return { phone, ticket, tries }
  if (found.left === 0) throw stale()
  throw at('code', `验证码不对，请核对短信，还可以试 ${found.left} 次`)
}

export type Opened = { accountId: string; postId: string; districtId: number }

/**
 * Whose account a proved telephone opens, within the request's transaction; the code is used up with it.
 * @returns null where a name is wanted first: by a phone that is new here, or has not come in for a while
 * @throws Problem.invalid at name or code, denied
 */
export async function openByPhone(
  deps: Deps,
  tx: Tx,
  { phone, ticket, tries }: Proved,
  name: string | undefined,
): Promise<Opened | null> {
  const bare = name === undefined ? null : bareName(name)
  if (bare === '') throw at('name', '请填写姓名')
  const found = (await first<{
    outcome: 'open' | 'name' | 'none' | 'several' | 'closed' | 'disabled' | 'bound' | 'moved'
    account: string
    post: string
    district: number
    isFirst: boolean
  }>(
    tx,
    sql`SELECT outcome, account, post, district, is_first AS "isFirst" FROM app.enter_by_phone(${phoneIndex(deps.crypto, phone)}, ${bare}, ${randomId()}::uuid, ${randomId()}::uuid)`,
  ))!
  const union = '请到所在单位工会核对登记的手机号'
  switch (found.outcome) {
    case 'name':
      await giveBack(tx, tries)
      return null
    case 'none':
      throw at('name', `没有找到这个姓名和手机号的登记。${union}；还没有登记的，请先在那里登记`)
    case 'several':
      throw at('name', `这个手机号下有几位同名的登记，分不清是哪一位。${union}`)
    case 'closed':
      throw Problem.denied({ what: '您的账号请用账号密码登录' })
    case 'disabled':
      throw Problem.denied({ what: '您的账号已停用，请联系所在单位工会' })
    case 'bound':
      throw at('name', '您已有账号，请用账号密码登录；忘记密码请找所在单位工会')
    case 'moved':
      throw at('name', '登记的手机号换过。为防他人冒用，请到所在单位工会当面核对，由管理员给您新的登录链接')
    case 'open':
  }
  const spent = await first(
    tx,
    sql`DELETE FROM app.phone_code WHERE ticket_hash = ${tokenDigest(ticket)} RETURNING 1`,
  )
  if (!spent) throw stale()
  await giveBack(tx, tries)
  if (found.isFirst) await notify(tx, found.account, 'phone.bound')
  return { accountId: found.account, postId: found.post, districtId: found.district }
}
