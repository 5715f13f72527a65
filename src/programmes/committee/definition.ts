import { inOrder } from '#kit/check.ts'
import { choice, count, day, text } from '#kit/field/index.ts'
import { life } from '#kit/life.ts'
import { defineProgramme } from '#kit/programme.ts'
import { seatsCheck, termsCheck, termsWarn } from './rules.ts'

/** Who holds an office is public within the union; nothing else of her is asked. */
const purpose = '女职工组织的选举、增补和联系'

/**
 * 女职工组织: one record per women's committee, or per delegate where fewer than ten women are members, for as long as it
 * stands (工会女职工委员会工作条例). A re-election adds a term, a co-option a member; both are corrections that the upper union
 * passes. The unit's card in the tree shows what the accepted record says.
 */
export const committee = defineProgramme({
  key: 'committee',
  label: '女职工组织',
  class: 'S1',
  section: '一（六）',
  dated: 'foundedOn',
  standsUntil: 'dissolvedOn',
  fields: {
    form: choice('形式', ['女职工委员会', '女职工委员'], {
      required: true,
      hint: '女会员十人以上建委员会，不足十人设委员',
    }),
    foundedOn: day('成立日期', { required: true, hint: '与本级工会同时建立的填工会成立日期' }),
    approvalNo: text('批复文号', { max: 60 }),
    dissolvedOn: day('撤销日期', { hint: '撤销、合并当日起不再计入' }),
  },
  children: {
    terms: {
      label: '各届任期',
      hint: '换届时在最后加一行',
      fields: {
        termNo: count('届次', { required: true, min: 1, max: 99 }),
        fromOn: day('任期起', { required: true }),
        untilOn: day('任期止', { required: true }),
        director: text('主任（委员）', { purpose, required: true, max: 30 }),
        directorKind: choice('主任来源', ['女主席', '女副主席', '专配']),
        directorLeftOn: day('主任离任日期', { hint: '届中离任、还没有人接任时填；接任后改填新主任' }),
      },
    },
    members: {
      label: '副主任和委员',
      hint: '增补时加一行；离任的填离任日期，不删去',
      fields: {
        name: text('姓名', { purpose, required: true, max: 30 }),
        post: choice('职务', ['副主任', '常委', '委员'], { required: true }),
        fromOn: day('任职日期', { required: true }),
        how: choice('产生方式', ['选举', '增补'], { required: true }),
        untilOn: day('离任日期'),
      },
    },
  },
  list: ['title', 'form', 'foundedOn', 'dissolvedOn'],
  indicators: {
    committees: {
      label: '女职工委员会数',
      unit: '个',
      kind: 'thing',
      nature: 'stock',
      intervals: (r) => (r.form === '女职工委员会' ? life(r.foundedOn, r.dissolvedOn) : []),
      cell: 'none',
      style: 'exact',
      definition: '期末当日在册的女职工委员会个数，成立计入，撤销减去；任期届满未换届的仍然计入，另列超期',
    },
    delegates: {
      label: '设女职工委员单位数',
      unit: '个',
      kind: 'thing',
      nature: 'stock',
      intervals: (r) => (r.form === '女职工委员' ? life(r.foundedOn, r.dissolvedOn) : []),
      cell: 'none',
      style: 'exact',
      definition: '期末当日设女职工委员的单位个数，女会员不足十人的单位设委员一名',
    },
  },
  check: (r) => [
    ...termsCheck(r.foundedOn, r.terms),
    ...seatsCheck(r.foundedOn, r.members),
    ...inOrder(r.foundedOn, r.dissolvedOn, 'dissolvedOn', ['成立日期', '撤销日期']),
    ...(r.form === '女职工委员' && r.members.length > 0
      ? [{ field: 'members', message: '设女职工委员的只填各届委员一人，不填副主任和委员' }]
      : []),
  ],
  warn: (r) => termsWarn(r.terms),
})
