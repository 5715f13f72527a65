import { lookup as resolveName, type LookupAddress } from 'node:dns'
import { request as plainRequest } from 'node:http'
import { request as tlsRequest, type RequestOptions } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** A place outside that the operator named in the environment; no other is ever called, and no route takes an address. */
export type Place = {
  name: string
  /** Where it is: https, or plain http inside one's own network. */
  base: string
  /** Whether it lies in one's own network (or on this machine): then inner addresses are right, and none else is wrong. */
  isInner: boolean
  /** What it answers is signed and checked by whoever asks: plain http takes nothing away then. */
  isSigned?: true
}

export type Asked = {
  method?: 'GET' | 'POST'
  path: string
  query?: Readonly<Record<string, string>>
  headers?: Readonly<Record<string, string>>
  body?: string | Uint8Array
}
export type Answered = { status: number; text: string; bytes: Buffer; type: string }
export type FetchOut = (name: string, asked: Asked, signal?: AbortSignal) => Promise<Answered>

/** Longest wait for a whole answer, and its most bytes: what we ask for is a line. */
const timeOut = 10_000
const mostBytes = 64 * 1024

const inner = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  inner.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 127],
  ['fc00::', 7],
] as const)
  inner.addSubnet(net, bits, 'ipv6')

/** Wrong for everybody: link-local (where clouds keep their keys), multicast, broadcast. */
const nobodys = new BlockList()
nobodys.addSubnet('169.254.0.0', 16, 'ipv4')
nobodys.addSubnet('224.0.0.0', 3, 'ipv4')
nobodys.addSubnet('fe80::', 10, 'ipv6')
nobodys.addSubnet('ff00::', 8, 'ipv6')

/** Whether an address may be called. */
export function mayCall(address: string, isInner: boolean): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  return !nobodys.check(address, family) && (isInner || !inner.check(address, family))
}

/** Resolves a name and refuses it when any of its addresses is one that must not be called: it is the one that is then called. */
const lookupFor =
  (isInner: boolean): LookupFunction =>
  (host, options, done) =>
    resolveName(host, { ...options, all: true }, (error, found) => {
      const list: LookupAddress[] = found
      if (error) return done(error, '', 0)
      const wrong = list.find(({ address }) => !mayCall(address, isInner))
      if (wrong || !list[0]) return done(new Error(`${host} 指向不允许访问的地址`), '', 0)
      return options.all ? done(null, list) : done(null, list[0].address, list[0].family)
    })

/**
 * The one way out over HTTP: to named places only, never redirected, to allowed addresses, with a cap and a time-out.
 * @throws Error in Chinese for a place that is none, or whose address is wrong
 */
export function openOut(places: readonly Place[], wait = timeOut): FetchOut {
  const known = new Map(places.map((place) => [place.name, place]))
  for (const { name, base, isInner, isSigned } of places) {
    if (!URL.canParse(base)) throw new Error(`${name} 的地址不是网址：${base}`)
    const { protocol } = new URL(base)
    if (protocol !== 'https:' && !(protocol === 'http:' && (isInner || isSigned)))
      throw new Error(
        `外部服务 ${name} 的地址 ${base} 须用 https；在本单位内网的，请把地址写成 inner+http://…`,
      )
  }
  return (name, asked, signal) => {
    const place = known.get(name)
    if (!place) return Promise.reject(new Error(`没有登记外部服务“${name}”`))
    return call(place, asked, wait, signal)
  }
}

async function call(
  { name, base, isInner }: Place,
  asked: Asked,
  wait: number,
  signal?: AbortSignal,
): Promise<Answered> {
  const url = new URL(asked.path, base)
  if (url.origin !== new URL(base).origin) throw new Error(`${name} 的请求离开了登记的地址`)
  for (const [key, value] of Object.entries(asked.query ?? {})) url.searchParams.set(key, value)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) && !mayCall(host, isInner)) throw new Error(`${name} 指向不允许访问的地址`)
  const ended = AbortSignal.timeout(wait)
  const options: RequestOptions = {
    method: asked.method ?? 'POST',
    headers: {
      accept: 'application/json',
      ...(asked.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(asked.body)) }),
      ...asked.headers,
    },
    lookup: lookupFor(isInner),
    signal: signal ? AbortSignal.any([signal, ended]) : ended,
    agent: false,
  }
  return new Promise((resolve, reject) => {
    const fail = (why: string, cause?: unknown) => reject(new Error(`${name}${why}`, { cause }))
    const request = (url.protocol === 'https:' ? tlsRequest : plainRequest)(url, options, (answer) => {
      const status = answer.statusCode ?? 0
      if (status >= 300 && status < 400) {
        answer.destroy()
        return fail(`要求转到别处（${status}），已拒绝`)
      }
      const parts: Buffer[] = []
      let size = 0
      answer.on('data', (part: Buffer) => {
        size += part.length
        if (size > mostBytes) {
          answer.destroy()
          fail('的应答过大，已放弃')
        } else parts.push(part)
      })
      answer.on('end', () => {
        const bytes = Buffer.concat(parts)
        const { 'content-type': type = '' } = answer.headers
        resolve({ status, text: bytes.toString('utf8'), bytes, type })
      })
      answer.on('error', (error) => fail('的应答中断', error))
    })
    request.on('error', (error) => fail(ended.aborted ? '没有在时限内应答' : '连不上', error))
    request.end(asked.body)
  })
}

/** `inner+https://…` marks a place in one's own network. */
export function placeOf(name: string, address: string): Place {
  const isInner = address.startsWith('inner+')
  return { name, base: isInner ? address.slice('inner+'.length) : address, isInner }
}

const ownMachine = ['127.0.0.1', 'localhost', '[::1]']

/** The same where this machine itself may be meant, by its name. */
export function placeHere(name: string, address: string): Place {
  const place = placeOf(name, address)
  const isHere = URL.canParse(place.base) && ownMachine.includes(new URL(place.base).hostname)
  return isHere ? { ...place, isInner: true } : place
}
