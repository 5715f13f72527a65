import { foreignHmac } from '#crypto/secret.server.ts'
import type { FetchOut } from '#server/fetchOut.server.ts'
import type { ChannelKind } from '../channel.ts'
import { NotSent, type Channel } from '../sending.server.ts'
import { codeWords } from '../words.ts'
import { objectOf } from './answer.server.ts'

const json = { 'content-type': 'application/json; charset=utf-8' }

/** How an office chat takes messages: a token for a while, then one message to one person. */
type Protocol = {
  kind: ChannelKind & ('wecom' | 'dingtalk')
  name: string
  token: { path: string; query: Record<string, string> }
  send: { path: string; body(to: string, text: string): object }
  /** Codes that say that the token is over. */
  stale: readonly number[]
  /** Whether the answer says that there is no such person. */
  isNobody(said: Record<string, unknown>): boolean
}

/** An office chat whose messages go to one person, by an application of the operator. */
function openChat(fetchOut: FetchOut, protocol: Protocol): Channel {
  const { kind, name } = protocol
  let kept: { token: string; until: number } | null = null

  async function tokenOf(signal: AbortSignal): Promise<string> {
    if (kept && kept.until > Date.now()) return kept.token
    const said = objectOf(name, await fetchOut(kind, { method: 'GET', ...protocol.token }, signal))
    const token = said['access_token']
    if (said['errcode'] !== 0 || typeof token !== 'string')
      throw new Error(`${name}没有给出令牌（${codeWords(said['errcode'])}）`)
    // A little before it is over, so that none ends on its way.
    kept = { token, until: Date.now() + (Number(said['expires_in'] ?? 7200) - 300) * 1000 }
    return token
  }

  async function post(to: string, text: string, signal: AbortSignal): Promise<Record<string, unknown>> {
    const query = { access_token: await tokenOf(signal) }
    const body = JSON.stringify(protocol.send.body(to, text))
    return objectOf(
      name,
      await fetchOut(kind, { path: protocol.send.path, query, headers: json, body }, signal),
    )
  }

  return {
    kind,
    send: async ({ to, text }, signal) => {
      let said = await post(to, text, signal)
      if (protocol.stale.includes(Number(said['errcode']))) {
        kept = null
        said = await post(to, text, signal)
      }
      if (protocol.isNobody(said)) throw new NotSent(`${name}里没有这个人`)
      if (said['errcode'] !== 0) throw new Error(`${name}应答 ${codeWords(said['errcode'])}`)
    },
  }
}

export type WecomSettings = { corp: string; secret: string; agent: string }

/** 企业微信: an application's message. Equal ones within half an hour are one. */
export const openWecom = (fetchOut: FetchOut, { corp, secret, agent }: WecomSettings): Channel =>
  openChat(fetchOut, {
    kind: 'wecom',
    name: '企业微信',
    token: { path: '/cgi-bin/gettoken', query: { corpid: corp, corpsecret: secret } },
    send: {
      path: '/cgi-bin/message/send',
      body: (touser, content) => ({
        touser,
        msgtype: 'text',
        agentid: Number(agent),
        text: { content },
        enable_duplicate_check: 1,
        duplicate_check_interval: 1800,
      }),
    },
    stale: [40014, 42001],
    isNobody: (said) => said['errcode'] === 81013 || (said['errcode'] === 0 && Boolean(said['invaliduser'])),
  })

export type DingtalkSettings = { key: string; secret: string; agent: string }

/** 钉钉: a work notice. */
export const openDingtalk = (fetchOut: FetchOut, { key, secret, agent }: DingtalkSettings): Channel =>
  openChat(fetchOut, {
    kind: 'dingtalk',
    name: '钉钉',
    token: { path: '/gettoken', query: { appkey: key, appsecret: secret } },
    send: {
      path: '/topapi/message/corpconversation/asyncsend_v2',
      body: (userid, content) => ({
        agent_id: Number(agent),
        userid_list: userid,
        msg: { msgtype: 'text', text: { content } },
      }),
    },
    stale: [88, 40014, 42001],
    isNobody: (said) => said['errcode'] === 33012,
  })

/** A robot in a work group: one line to all of them. */
export type Robot = (text: string, signal: AbortSignal) => Promise<void>

export const openWecomRobot =
  (fetchOut: FetchOut, key: string): Robot =>
  async (content, signal) => {
    const body = JSON.stringify({ msgtype: 'text', text: { content } })
    const asked = { path: '/cgi-bin/webhook/send', query: { key }, headers: json, body }
    const said = objectOf('企业微信群机器人', await fetchOut('wecomRobot', asked, signal))
    if (said['errcode'] !== 0) throw new Error(`企业微信群机器人应答 ${codeWords(said['errcode'])}`)
  }

export const openDingtalkRobot =
  (fetchOut: FetchOut, token: string, secret: string): Robot =>
  async (content, signal) => {
    const timestamp = String(Date.now())
    const sign = foreignHmac(secret, `${timestamp}\n${secret}`).toString('base64')
    const asked = {
      path: '/robot/send',
      query: { access_token: token, timestamp, sign },
      headers: json,
      body: JSON.stringify({ msgtype: 'text', text: { content } }),
    }
    const said = objectOf('钉钉群机器人', await fetchOut('dingtalkRobot', asked, signal))
    if (said['errcode'] !== 0) throw new Error(`钉钉群机器人应答 ${codeWords(said['errcode'])}`)
  }
