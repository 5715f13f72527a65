// 托管班名额复算：node placement-check.mjs 分配材料.json （材料从公开页下载；只用 Node 20 以上自带的功能，不连网）
import { readFileSync } from 'node:fs'

const { subtle } = globalThis.crypto
const round = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const hex = (buffer) => Buffer.from(buffer).toString('hex')
const sha256 = async (text) => hex(await subtle.digest('SHA-256', Buffer.from(text)))
const hmac = async (keyHex, text) => {
  const how = { name: 'HMAC', hash: 'SHA-256' }
  const key = await subtle.importKey('raw', Buffer.from(keyHex, 'hex'), how, false, ['sign'])
  return hex(await subtle.sign('HMAC', key, Buffer.from(text)))
}
const faults = []
const must = (holds, what) => holds || faults.push(what)
must((await sha256(round.secret)) === round.secretHash, '密数与发布时公布的摘要不符')
must((await sha256(round.list)) === round.listHash, '名单与截止时公布的摘要不符')
const seed = await hmac(round.secret, round.listHash + round.publicValue)
must(seed === round.seed, '种子不符')

// 每个孩子先投第一志愿；班级按级别、同级按签次暂留，满了退出最后一名；退出的再投下一志愿，直到没有可投的
const waiting = []
const withdrawn = new Set((round.withdrawn ?? '').split(','))
for (const line of round.list.split('\n').filter((one) => one !== '')) {
  const [number, , wishes] = line.split(' ')
  if (withdrawn.has(number)) continue
  const ranked = wishes.split(',').map((wish) => wish.split(':').map(Number))
  waiting.push({ number: Number(number), lot: await hmac(seed, number), ranked })
}
const held = new Map(round.rooms.map(({ n, places }) => [n, { places, inside: [] }]))
for (let child = waiting.shift(); child !== undefined; child = waiting.shift()) {
  const [n, level] = child.ranked.shift() ?? []
  if (n === undefined) continue
  const { places, inside } = held.get(n)
  inside.push({ child, level })
  inside.sort((a, b) => a.level - b.level || (a.child.lot < b.child.lot ? -1 : 1))
  if (inside.length > places) waiting.push(inside.pop().child)
}
const got = [...held].flatMap(([n, { inside }]) => inside.map(({ child }) => [child.number, n]))
const lines = got.sort(([a], [b]) => a - b).map(([number, n]) => `${number} ${n}`)
must(lines.join('\n') === round.result, '分配结果不符')
console.log(faults.length > 0 ? `不符：${faults.join('；')}` : `相符：${lines.length} 个孩子有名额`)
process.exitCode = faults.length > 0 ? 1 : 0
