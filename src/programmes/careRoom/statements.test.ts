import { expect, it } from 'vitest'
import { statementsCheck } from './statements.ts'

const line = (
  attribute: string,
  fromOn: string,
  untilOn: string | null = null,
  value: string | null = null,
) => ({
  attribute,
  fromOn,
  untilOn,
  value,
})
const issues = (...lines: ReturnType<typeof line>[]) =>
  statementsCheck('2019-01-01', lines).map((i) => `${i.field}: ${i.message}`)

it.each<[string, ReturnType<typeof line>[], string[]]>([
  [
    'a right list',
    [
      line('对外开放', '2019-01-01', '2019-03-31'),
      line('对外开放', '2019-04-01'),
      line('百度上线', '2019-02-01'),
      line('级别', '2019-06-01', null, '市示范'),
    ],
    [],
  ],
  [
    'ends before it starts',
    [line('对外开放', '2019-05-01', '2019-04-30')],
    ['intervals.0.untilOn: 截止日期（2019-04-30）不能早于起始日期（2019-05-01）'],
  ],
  [
    'starts before the room was built',
    [line('百度上线', '2018-12-31')],
    ['intervals.0.fromOn: 起始日期（2018-12-31）不能早于建成日期（2019-01-01）'],
  ],
  [
    'a rank that is none',
    [line('级别', '2019-06-01', null, '金牌')],
    ['intervals.0.value: 级别请从“市级、市示范、省示范、星级”中填写'],
  ],
  [
    'words where only dates belong',
    [line('高德上线', '2019-06-01', null, '已上线')],
    ['intervals.0.value: 只有级别一行填写内容，其余只填起止日期'],
  ],
  [
    'two at once',
    [line('级别', '2019-02-01', null, '市级'), line('级别', '2019-06-01', null, '省示范')],
    ['intervals.1.fromOn: 与第 1 行“级别”的时间重叠'],
  ],
  [
    'the last day of one is the first of the other',
    [line('对外开放', '2019-02-01', '2019-03-01'), line('对外开放', '2019-03-01')],
    ['intervals.1.fromOn: 与第 1 行“对外开放”的时间重叠'],
  ],
])('%s', (_, lines, expected) => expect(issues(...lines)).toEqual(expected))
