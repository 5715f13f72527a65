// 抽签复算：node draw-check.mjs 抽签材料.json （材料从抽签公开页下载；只用 Node 自带的功能，不连网）
import { createHash, createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'

const draw = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex')
const hmac = (keyHex, text) => createHmac('sha256', Buffer.from(keyHex, 'hex')).update(text, 'utf8').digest('hex')
const faults = []
const must = (holds, what) => holds || faults.push(what)
const linesOf = (text) => text.split('\n').filter((line) => line !== '')

must(draw.drawnAt, '还没有抽签')
must(sha256(draw.secret) === draw.secretHash, '密数与报名前公布的摘要不符')
must(sha256(draw.list) === draw.listHash, '名单与截止时公布的摘要不符')
must((draw.source === '') === (draw.publicValue === ''), '公开数值与约定不符')
const seed = hmac(draw.secret, draw.listHash + draw.publicValue)
must(seed === draw.seed, '种子不符')

// 每个号码的次序由种子算出，从小到大；放弃的跳过，名额（总数和各单位的）够的得到名额
const room = new Map(linesOf(draw.quotas).map((line) => [line.split(' ')[0], Number(line.split(' ')[1])]))
let free = draw.places
const placed = []
const ranked = linesOf(draw.list)
  .map((line) => line.split(' '))
  .map(([number, , ...quotas]) => ({ number: Number(number), quotas, rank: hmac(seed, number) }))
  .sort((a, b) => (a.rank < b.rank ? -1 : 1))
for (const { number, quotas } of ranked) {
  if (draw.withdrawn.includes(number) || free < 1 || quotas.some((id) => room.get(id) < 1)) continue
  free--
  for (const id of quotas) room.set(id, room.get(id) - 1)
  placed.push(number)
}
must(JSON.stringify(placed) === JSON.stringify(draw.placed), '中签号码不符')
console.log(faults.length === 0 ? `相符：${ranked.length} 个号码，中签 ${placed.join('、')}` : `不符：${faults.join('；')}`)
process.exitCode = faults.length === 0 ? 0 : 1
