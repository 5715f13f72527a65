import * as z from 'zod/mini'
import { defineRule, type RuleBook } from '#kit/rule.ts'
import { silos, siloWords, steps, stepWords, type Silo, type Step } from './kinds.ts'

const days = () => z.int().check(z.gte(1), z.lte(250))
const termsOf = () =>
  z.object({ accept: days(), approve: days(), assign: days(), close: days(), visit: days() })

/** Working days for each step, by silo, from the day of the step before. */
export const siloTerms = defineRule({
  key: 'siloTerms',
  title: '维权和心理事项的办理时限',
  explain:
    '各步从上一步完成的次日起算，按工作日。“办结”要有书面答复；逾期只提醒该类事项的负责人；改动对生效日以后开始的一步适用。',
  schema: z.object({ legal: termsOf(), complaint: termsOf(), counsel: termsOf() }),
  labels: Object.fromEntries(
    silos.flatMap((silo) => [
      [silo, siloWords[silo].name],
      ...steps.map((step) => [`${silo}.${step}`, `${stepWords[step]}（工作日）`]),
    ]),
  ),
  versions: [
    {
      fromOn: '2008-08-11',
      basis:
        '工会法律援助办法（总工发〔2008〕52号）定有受理、审查和指派；书面告知处理结果见妇女权益保障法 第二十三条；天数为系统初值，按本地规定调整',
      value: {
        legal: { accept: 3, approve: 5, assign: 3, close: 60, visit: 30 },
        complaint: { accept: 2, approve: 3, assign: 2, close: 30, visit: 20 },
        counsel: { accept: 2, approve: 2, assign: 2, close: 20, visit: 20 },
      },
    },
  ],
})

export const termOf = (book: RuleBook, silo: Silo, step: Step, day: string): number =>
  book.on(siloTerms, day).value[silo][step]

/** Words that ask for help at once: the numbers are shown and the matter is put first. */
export const dangerWords = defineRule({
  key: 'dangerWords',
  title: '危险信号词',
  explain: '留言里出现这些词，页面立即显示 110、12338、12351，事项列为紧急并通知负责人。',
  schema: z.object({ words: z.array(z.string().check(z.minLength(1), z.maxLength(12))) }),
  labels: { words: '词' },
  versions: [
    {
      fromOn: '2016-03-01',
      basis: '反家庭暴力法 第十三条、第十四条；词表为系统初值，按本地经验增减',
      value: {
        words: [
          '自杀',
          '轻生',
          '不想活',
          '活不下去',
          '想死',
          '跳楼',
          '割腕',
          '遗书',
          '杀了',
          '杀我',
          '杀死',
          '打死',
          '弄死',
          '拿刀',
          '放火',
          '泼硫酸',
          '家暴',
          '被打',
          '打我',
          '殴打',
          '掐我',
          '囚禁',
          '不让我出门',
          '限制自由',
          '强奸',
          '强暴',
          '猥亵',
          '跟踪',
          '偷拍',
          '裸照',
          '威胁我',
          '报复我',
        ],
      },
    },
  ],
})

/** Years for which what was told is kept after the matter ended; then its key is destroyed, and counts stay. */
export const siloKept = defineRule({
  key: 'siloKept',
  title: '维权和心理事项的保存年限',
  explain: '从办结、不予受理或撤回之日起满年限，销毁该件的密钥和文字，只留各类件数。',
  schema: z.object({ years: z.int().check(z.gte(1), z.lte(30)) }),
  labels: { years: '保存年限（年）' },
  versions: [
    {
      fromOn: '2016-01-01',
      basis: '个人信息保护法 第十九条（2021年起施行）；年限为系统初值，按本地档案规定调整',
      value: { years: 3 },
    },
  ],
})

export const siloRules = [siloTerms, dangerWords, siloKept] as const
