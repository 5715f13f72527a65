// 抽签复算：node draw-check.mjs 抽签材料.json （材料从抽签公开页下载；只用 Node 20 以上自带的功能，不连网）
import { readFileSync } from 'node:fs'

const { subtle } = globalThis.crypto
const kind = { name: 'HMAC', hash: 'SHA-256' }
const draw = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const bytes = (text) => new TextEncoder().encode(text)
const hex = (buffer) => Buffer.from(buffer).toString('hex')
const sha256 = async (text) => hex(await subtle.digest('SHA-256', bytes(text)))
const hmac = async (keyHex, text) => {
  const key = await subtle.importKey('raw', Buffer.from(keyHex, 'hex'), kind, false, ['sign'])
  return hex(await subtle.sign('HMAC', key, bytes(text)))
}
const faults = []
const must = (holds, what) => holds || faults.push(what)
const linesOf = (text) => text.split('\n').filter((line) => line !== '')

must((await sha256(draw.secret)) === draw.secretHash, '密数与发布时公布的摘要不符')
must((await sha256(draw.list)) === draw.listHash, '名单与截止时公布的摘要不符')
const seed = await hmac(draw.secret, draw.listHash + draw.publicValue)
must(seed === draw.seed, '种子不符')

// 每个编号的次序由种子算出，从小到大；放弃的跳过，名额（总数和各单位的）都还有的得到
const room = new Map(linesOf(draw.quotas).map((line) => [line.split(' ')[0], Number(line.split(' ')[1])]))
const entries = linesOf(draw.list).map((line) => line.split(' '))
const ranks = new Map()
for (const [number] of entries) ranks.set(number, await hmac(seed, number))
const placed = []
for (const [number, , ...quotas] of entries.sort(([a], [b]) => (ranks.get(a) < ranks.get(b) ? -1 : 1))) {
  if (draw.withdrawn.includes(Number(number)) || placed.length >= draw.places) continue
  if (quotas.some((id) => room.get(id) < 1)) continue
  for (const id of quotas) room.set(id, room.get(id) - 1)
  placed.push(Number(number))
}
must(JSON.stringify(placed) === JSON.stringify(draw.placed), '中签编号不符')
console.log(faults.length > 0 ? `不符：${faults.join('；')}` : `相符：${entries.length} 个编号`)
process.exitCode = faults.length > 0 ? 1 : 0
