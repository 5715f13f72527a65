// 托管班名额复算：node placement-check.mjs 分配材料.json （材料从公开页下载；只用 Node 20 以上自带的功能，不连网）
import { readFileSync } from 'node:fs'
import { createHash, createHmac } from 'node:crypto'

const round = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const sha256 = (text) => createHash('sha256').update(text).digest('hex')
const hmac = (keyHex, text) => createHmac('sha256', Buffer.from(keyHex, 'hex')).update(text).digest('hex')
const faults = []
const must = (holds, what) => holds || faults.push(what)
const linesOf = (text) => text.split('\n').filter((line) => line !== '')

must(sha256(round.secret) === round.secretHash, '密数与发布时公布的摘要不符')
must(sha256(round.list) === round.listHash, '名单与截止时公布的摘要不符')
const seed = hmac(round.secret, round.listHash + round.publicValue)
must(seed === round.seed, '种子不符')

// 每个孩子先投第一志愿；班级按级别、同级按签次暂留，满了退出最后一名；退出的再投下一志愿，直到没有可投的
const children = linesOf(round.list).map((line) => {
  const [number, , wishes] = line.split(' ')
  const lot = hmac(seed, number)
  return { number, lot, wishes: wishes.split(',').map((wish) => wish.split(':').map(Number)) }
})
const held = new Map(round.rooms.map(({ n }) => [n, []]))
const places = new Map(round.rooms.map((room) => [room.n, room.places]))
const waiting = [...children]
while (waiting.length > 0) {
  const child = waiting.shift()
  const [n, level] = child.wishes.shift() ?? []
  if (n === undefined) continue
  const inside = held.get(n)
  inside.push({ child, level })
  inside.sort((a, b) => a.level - b.level || (a.child.lot < b.child.lot ? -1 : 1))
  if (inside.length > places.get(n)) waiting.push(inside.pop().child)
}
const got = [...held].flatMap(([n, inside]) => inside.map(({ child }) => [Number(child.number), n]))
const lines = got.sort(([a], [b]) => a - b).map(([number, n]) => `${number} ${n}`)
must(lines.join('\n') === round.result, '分配结果不符')
console.log(faults.length > 0 ? `不符：${faults.join('；')}` : `相符：${children.length} 个孩子`)
process.exitCode = faults.length > 0 ? 1 : 0
