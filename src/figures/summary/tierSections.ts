import type { Tier } from '#org/api.ts'
import type { Block } from '#paper/document.ts'
import type { Passage } from './highlights.ts'
import { families, laurels } from './laurels.ts'
import type { Desk, Write } from './material.ts'
import { policyInputs } from './policyInputs.ts'
import {
  actions,
  cadres,
  competition,
  counsel,
  familyTalk,
  type Forms,
  hardship,
  honours,
  lecture,
  matchmaking,
  meetings,
  parents,
  printed,
  referral,
  rooms,
  skills,
  studios,
  study,
  training,
} from './tierClauses.ts'
import { joined, paragraph, sentence, type Clause } from './words.ts'

/** The summaries of the tiers below the city, section by section, as data. */
type Part = {
  lead: string
  /** Stands before the clauses and is said with them only. */
  begin?: string
  say?: readonly Forms[]
  told?: readonly Passage[]
  /** Names of the honoured, of families, or of documents that the unit had a hand in. */
  also?: 'laurels' | 'families' | 'policyInputs'
}
type Section = readonly [heading: string, parts: readonly Part[]]

const district: readonly Section[] = [
  [
    '抓学习、树榜样，凝聚女职工',
    [
      { lead: '主题学习。', say: [study] },
      {
        lead: '选树典型。',
        say: [honours, '选出优秀女职工工作者{honour.cadres}'],
        told: ['典型选树'],
        also: 'laurels',
      },
      { lead: '教育培训。', begin: '把课堂开到楼宇、园区和车间，', say: [training], told: ['素质提升'] },
      { lead: '建功立业。', begin: '结合区域产业特点，', say: [competition, studios], told: ['岗位建功'] },
    ],
  ],
  [
    '抓协商、强普法，维护女职工权益',
    [
      { lead: '参与源头。', told: [], also: 'policyInputs' },
      {
        lead: '专项合同。',
        begin: '推动企业把女职工特殊利益写进合同，',
        say: ['新签和续签专项集体合同{contract.signed}'],
        told: ['集体合同'],
      },
      {
        lead: '普法用法。',
        say: ['举办普法讲座和科普活动{lawTalk.events}', ...printed, '“平安家庭”答题{quiz.attendances}参与'],
        told: ['普法宣传'],
      },
    ],
  ],
  [
    '抓服务、解难题，关爱女职工身心',
    [
      {
        lead: '女性健康。',
        say: ['组织“两癌”筛查{screening.persons}', '印制健康手册{material.screeningBooklets}'],
        told: ['健康关爱'],
      },
      { lead: '心理关爱。', say: counsel },
      { lead: '困难帮扶。', say: hardship },
      {
        lead: '关爱阵地。',
        say: [rooms, '{careRoom.open}关爱室对外开放'],
        told: ['关爱室'],
      },
      { lead: '就业服务。', say: [skills, referral], told: ['就业帮扶'] },
      {
        lead: '子女托管。',
        say: ['办好职工子女托管班{childcare.classes}', '照护职工子女{childcare.children}'],
        told: ['子女托管'],
      },
      { lead: '婚恋服务。', say: [matchmaking], told: ['婚恋交友'] },
      { lead: '亲子陪伴。', say: parents },
      { lead: '专项行动。', say: [actions], told: [] },
    ],
  ],
  [
    '抓家风、聚文明，建设幸福家庭',
    [
      { lead: '素养课堂。', say: [lecture], told: ['课堂建设'] },
      { lead: '家庭文明。', say: [familyTalk], told: ['家庭建设'], also: 'families' },
    ],
  ],
  [
    '抓基础、提能力，建强女职工组织',
    [
      {
        lead: '自身建设。',
        say: ['年末建有女职工委员会{committee.committees}', meetings, cadres],
        told: ['自身建设'],
      },
    ],
  ],
]

const industry: readonly Section[] = [
  [
    '聚焦行业发展，激励女职工岗位建功',
    [
      { lead: '行业竞赛。', begin: '对标行业技能标准，', say: [competition, studios], told: ['岗位建功'] },
      { lead: '技能素质。', say: [study, training], told: ['素质提升', '课堂建设'] },
      {
        lead: '先进引领。',
        say: [honours, '选出优秀女职工工作者{honour.cadres}'],
        told: ['典型选树'],
        also: 'laurels',
      },
    ],
  ],
  [
    '聚焦行业特点，维护女职工特殊权益',
    [
      {
        lead: '协商签约。',
        say: ['签订女职工权益保护专项集体合同{contract.signed}'],
        told: ['集体合同'],
        also: 'policyInputs',
      },
      {
        lead: '法治宣传。',
        say: ['开展普法活动{lawTalk.events}', ...printed, '“平安家庭”答题{quiz.attendances}参与'],
        told: ['普法宣传'],
      },
    ],
  ],
  [
    '聚焦一线需求，做实关爱服务',
    [
      {
        lead: '健康和关爱。',
        say: ['组织“两癌”筛查{screening.persons}', rooms, '{careRoom.open}关爱室对外开放'],
        told: ['健康关爱', '关爱室'],
      },
      { lead: '心理和帮扶。', say: [...counsel, ...hardship] },
      {
        lead: '托管和就业。',
        say: ['开办职工子女托管班{childcare.classes}', '照护职工子女{childcare.children}', skills, referral],
        told: ['子女托管', '就业帮扶'],
      },
      {
        lead: '家庭和婚恋。',
        say: [lecture, familyTalk, matchmaking, ...parents, actions],
        told: ['家庭建设', '婚恋交友'],
        also: 'families',
      },
    ],
  ],
  [
    '聚焦组织覆盖，加强行业女职工工作',
    [
      {
        lead: '组织建设。',
        say: ['年末建有女职工委员会{committee.committees}', meetings, cadres],
        told: ['自身建设'],
      },
    ],
  ],
]

const grassroots: readonly Section[] = [
  [
    '立足岗位，帮助女职工成长',
    [
      { lead: '学习培训。', say: [study, training, lecture], told: ['素质提升', '课堂建设'] },
      { lead: '岗位练兵。', say: [competition, studios], told: ['岗位建功'] },
      { lead: '评先树优。', say: [honours], told: ['典型选树'], also: 'laurels' },
    ],
  ],
  [
    '依法维权，落实女职工特殊保护',
    [
      {
        lead: '专项合同。',
        say: ['签订女职工权益保护专项集体合同{contract.signed}'],
        told: ['集体合同'],
        also: 'policyInputs',
      },
      {
        lead: '普法宣传。',
        say: ['开展普法活动{lawTalk.events}', ...printed, '“平安家庭”答题{quiz.attendances}参与'],
        told: ['普法宣传'],
      },
    ],
  ],
  [
    '用心服务，把关爱送到身边',
    [
      {
        lead: '健康关爱。',
        say: ['组织女职工参加“两癌”筛查{screening.persons}', '开展团体心理辅导{counselling.talks}'],
        told: ['健康关爱'],
      },
      {
        lead: '关爱室和托管。',
        say: [rooms, '开办职工子女托管班{childcare.classes}', '照护职工子女{childcare.children}'],
        told: ['关爱室', '子女托管'],
      },
      { lead: '就业和技能。', say: [skills, referral], told: ['就业帮扶'] },
      {
        lead: '家庭和交友。',
        say: [familyTalk, matchmaking, ...parents, actions],
        told: ['家庭建设', '婚恋交友'],
        also: 'families',
      },
      { lead: '自身建设。', say: [meetings, cadres], told: ['自身建设'] },
    ],
  ],
]

/** As a district's, but for what few are told of: in a sub-district neighbours know the households, and who sought counsel. */
const subdistrict: readonly Section[] = district.map(([heading, parts]) => [
  heading,
  parts.flatMap((part) => {
    if (part.say === hardship) return []
    return part.say === counsel ? [{ ...part, say: counsel.slice(1) }] : [part]
  }),
])

const byTier: Record<Exclude<Tier, 'city'>, readonly Section[]> = {
  district,
  industry,
  subdistrict,
  grassroots,
  branch: grassroots,
}

function clauseOf({ say }: Desk, forms: Forms): Clause | null {
  for (const form of typeof forms === 'string' ? [forms] : forms) {
    const pieces = form.split(/\{([^}]+)\}/)
    const words = pieces.filter((_, at) => at % 2 === 0)
    const said = say(words as unknown as TemplateStringsArray, ...pieces.filter((_, at) => at % 2 === 1))
    if (said) return said
  }
  return null
}

const also: Record<NonNullable<Part['also']>, (desk: Desk) => Clause | null> = {
  laurels: (desk) => laurels(desk.honours),
  families: (desk) => families(desk.honours),
  policyInputs: (desk) => policyInputs(desk.policyInputs),
}

const write = (desk: Desk, part: Part): Block[] =>
  paragraph(part.lead, [
    sentence(
      part.begin ?? '',
      joined(
        (part.say ?? []).map((forms) => clauseOf(desk, forms)),
        '；',
      ),
    ),
    part.also ? also[part.also](desk) : null,
    ...(part.told ?? []).flatMap((passage) => desk.told(passage)),
  ])

/** The sections of a tier below the city. */
export const sectionsBelow = (tier: Exclude<Tier, 'city'>): readonly (readonly [string, Write])[] =>
  byTier[tier].map(([heading, parts]) => [heading, (desk) => parts.flatMap((part) => write(desk, part))])
