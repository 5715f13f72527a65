/** Questions of the demo, each on what a law or regulation of the state says; the right options by their numbers. */
type DemoQuestion = {
  kind: 'single' | 'multiple' | 'truth'
  stem: string
  options: readonly string[]
  answer: readonly number[]
  explanation: string
}

const single = (stem: string, options: string[], right: number, explanation: string): DemoQuestion => ({
  kind: 'single',
  stem,
  options,
  answer: [right],
  explanation,
})
const truth = (stem: string, isTrue: boolean, explanation: string): DemoQuestion => ({
  kind: 'truth',
  stem,
  options: ['对', '错'],
  answer: [isTrue ? 1 : 2],
  explanation,
})
const rules = '《女职工劳动保护特别规定》'

export const demoQuestions: readonly DemoQuestion[] = [
  single(
    '按国家规定，女职工生育享受的产假是多少天？',
    ['90 天', '98 天', '128 天'],
    2,
    `${rules}第七条：产假 98 天，其中产前可以休假 15 天。`,
  ),
  single('难产的，产假增加多少天？', ['7 天', '15 天', '30 天'], 2, `${rules}第七条。`),
  single(
    '怀孕未满 4 个月流产的，享受多少天产假？',
    ['15 天', '42 天', '98 天'],
    1,
    `${rules}第七条：未满 4 个月的 15 天，满 4 个月的 42 天。`,
  ),
  single(
    '哺乳未满 1 周岁婴儿的女职工，每天的哺乳时间是多少？',
    ['半小时', '1 小时', '2 小时'],
    2,
    `${rules}第九条：每天在劳动时间内安排 1 小时；生育多胞胎的，每多哺乳 1 个婴儿每天增加 1 小时。`,
  ),
  truth('对怀孕 7 个月以上的女职工，用人单位不得延长劳动时间或者安排夜班劳动。', true, `${rules}第六条。`),
  truth(
    '怀孕的女职工在劳动时间内做产前检查，所需时间不计入劳动时间。',
    false,
    `${rules}第六条：所需时间计入劳动时间。`,
  ),
  truth(
    '用人单位可以因女职工怀孕、生育、哺乳降低其工资。',
    false,
    `${rules}第五条：不得降低工资、辞退、与其解除劳动或者聘用合同。`,
  ),
  {
    kind: 'multiple',
    stem: '女职工比较多的用人单位，应当根据女职工的需要建立哪些设施？',
    options: ['女职工卫生室', '孕妇休息室', '哺乳室', '健身房'],
    answer: [1, 2, 3],
    explanation: `${rules}第十条。`,
  },
  single(
    '工会的职工服务热线是哪一个？',
    ['12351', '12338', '12345'],
    1,
    '12351 是职工服务热线，12338 是妇女维权公益服务热线。',
  ),
  truth('用人单位应当在劳动场所预防和制止对女职工的性骚扰。', true, `${rules}第十一条。`),
]
