import { expect, test } from 'vitest'
import { dangerIn } from './danger.ts'
import { dangerWords } from './rules.ts'

const { words } = dangerWords.versions[0]!.value

test('a word of danger is found whatever stands between its characters', () => {
  for (const text of ['我不想活了', '他说要打 死 我', '我，不。想活', '他在跟\n踪我'])
    expect([text, dangerIn(text, words).length > 0]).toEqual([text, true])
})

test('an ordinary question raises no alarm', () => {
  for (const text of ['产假工资少发了两个月，怎么办', '单位让我自己辞职，可以要补偿吗', ''])
    expect([text, dangerIn(text, words)]).toEqual([text, []])
})
