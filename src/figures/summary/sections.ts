import type { Tier } from '#org/api.ts'
import type { Block } from '#paper/document.ts'
import { care } from './care.ts'
import { families, laurels } from './laurels.ts'
import { deskOf, type Write, type YearMaterial } from './material.ts'
import { policyInputs } from './policyInputs.ts'
import { sectionsBelow } from './tierSections.ts'
import { joined, paragraph, plain, sentence } from './words.ts'

const examples: Write = ({ say, told }) => [
  ...paragraph('理论学习。', [
    sentence(
      '',
      say`组织女职工开展主题学习和宣讲${'study.events'}，${'study.attendances'}参加` ??
        say`组织女职工开展主题学习和宣讲${'study.events'}`,
    ),
  ]),
  ...paragraph('典型选树。', [
    sentence(
      '坚持把思想政治引领摆在首位，结合“三八”国际妇女节、“五一”国际劳动节选树和宣传先进典型，各级工会共表彰',
      joined(
        [
          say`先进女职工个人${'honour.persons'}`,
          say`先进女职工集体${'honour.collectives'}`,
          say`女职工工作者${'honour.cadres'}`,
        ],
        '、',
      ),
      '，引导广大女职工学先进、听党话、跟党走。',
    ),
    ...told('典型选树'),
  ]),
]

const achievement: Write = ({ say, told, honours }) => [
  ...paragraph('素质提升。', [
    sentence(
      '依托周末学校、流动课堂等载体，把学习资源送到企业和车间，',
      say`举办女职工教育培训${'training.sessions'}，${'training.attendances'}参加学习` ??
        say`举办女职工教育培训${'training.sessions'}`,
    ),
    ...told('素质提升'),
  ]),
  ...paragraph('岗位建功。', [
    sentence(
      '围绕生产经营和技术进步，比技能、比质量、比创新，',
      say`组织劳动竞赛和技术比武${'competition.events'}，女职工参与${'competition.attendances'}` ??
        say`组织劳动竞赛和技术比武${'competition.events'}`,
    ),
    sentence('发挥领衔人传帮带作用，', say`命名女职工创新工作室${'studio.named'}`),
    ...told('岗位建功'),
  ]),
  ...paragraph('巾帼风采。', [laurels(honours)]),
]

const rights: Write = ({ say, told, policyInputs: inputs }) => [
  ...paragraph('源头参与。', [policyInputs(inputs)]),
  ...paragraph('集体协商。', [
    sentence('以集体协商维护女职工特殊利益，', say`新签、续签女职工权益保护专项集体合同${'contract.signed'}`),
    ...told('集体合同'),
  ]),
  ...paragraph('普法宣传。', [
    sentence(
      '把法律知识送到女职工身边，',
      joined(
        [
          say`开展“平安家庭”有奖答题，${'quiz.attendances'}参与`,
          sentence(
            '发放',
            joined(
              [
                say`性别平等指导手册${'material.equalityHandbooks'}`,
                say`反家庭暴力和女职工劳动保护宣传单${'material.leaflets'}`,
              ],
              '、',
            ),
            '',
          ),
          say`举办普法讲座和科普宣传活动${'lawTalk.events'}`,
        ],
        '；',
      ),
    ),
    ...told('普法宣传'),
  ]),
]

const family: Write = ({ say, told, honours }) => [
  ...paragraph('素养课堂。', [
    sentence(
      '',
      say`举办智慧女工大课堂${'lecture.events'}，${'lecture.persons'}女职工走进课堂` ??
        say`举办智慧女工大课堂${'lecture.events'}`,
    ),
    ...told('课堂建设'),
  ]),
  ...paragraph('家风家教。', [
    sentence(
      '发挥女职工在家庭生活中的独特作用，',
      say`举办家风家教大讲堂${'familyTalk.events'}，${'familyTalk.attendances'}参加` ??
        say`举办家风家教大讲堂${'familyTalk.events'}`,
    ),
    ...told('家庭建设'),
  ]),
  ...paragraph('最美家庭。', [families(honours)]),
]

/** Says of the data what holds for every installation: it is what the appendix shows. */
const ourselves: Write = ({ say, told }) => [
  ...paragraph('组织建设。', [
    sentence(
      '',
      joined(
        [
          say`年末全市建有女职工委员会${'committee.committees'}`,
          say`全年召开女职工委员会会议${'meeting.meetings'}`,
        ],
        '，',
      ),
    ),
  ]),
  ...paragraph('队伍建设。', [
    sentence(
      '',
      say`举办女职工工作干部培训${'cadreTraining.sessions'}，${'cadreTraining.persons'}参训` ??
        say`举办女职工工作干部培训${'cadreTraining.sessions'}`,
    ),
  ]),
  ...paragraph('工作质量。', [
    ...told('自身建设'),
    plain('工作数据由基层一次填报、上级逐级审核，本总结所列数据均出自审核通过的工作记录，可逐项查证。'),
  ]),
]

type Sections = readonly (readonly [heading: string, write: Write])[]

const ofCity: Sections = [
  ['强化思想引领，选树先进典型', examples],
  ['提升素质技能，激励岗位建功', achievement],
  ['健全维权机制，保障合法权益', rights],
  ['回应急难愁盼，做实帮扶关爱', care],
  ['弘扬文明家风，共建幸福家庭', family],
  ['加强自身建设，夯实工作基础', ourselves],
]

/** The sections of a tier, in their order. */
export const sectionsOf = (tier: Tier): Sections => (tier === 'city' ? ofCity : sectionsBelow(tier))

const tellsSomething = (block: Block): boolean =>
  block.kind === 'paragraph' && block.runs.some((run) => 'figure' in run)

/** The sections of the year's work that have something to say, in their order. */
export function yearSections(material: YearMaterial): { heading: string; blocks: Block[] }[] {
  const desk = deskOf(material)
  const written = sectionsOf(material.tier)
    .map(([heading, write]) => ({ heading, blocks: write(desk) }))
    .filter(({ blocks }) => blocks.length > 0)
  // The city's last section speaks of the data of the others: without any it would vouch for nothing.
  return written.some(({ blocks }) => blocks.some(tellsSomething)) || material.highlights.length > 0
    ? written
    : []
}

/** Every indicator that the city's sections may print, in reading order: none is asked outside them. */
export const printedIndicators: readonly string[] = askedIn((ink) =>
  yearSections({ tier: 'city', ink, honours: [], highlights: [], policyInputs: [] }),
)

function askedIn(write: (ink: YearMaterial['ink']) => unknown): string[] {
  const asked = new Set<string>()
  write((indicator) => {
    asked.add(indicator)
    return null
  })
  return [...asked]
}
