import { addDays } from '#kit/day.ts'
import type { Body } from './record.ts'

const clauses = [
  { item: '禁忌劳动', quote: '企业不得安排女职工从事国家规定的禁忌劳动。' },
  { item: '产假', quote: '女职工生育享受不少于98天的产假，其中产前可以休假15天。', agreed: 98 },
  { item: '难产增加产假', quote: '难产的，增加产假15天。', agreed: 15 },
  { item: '未满四个月流产假', quote: '怀孕未满4个月流产的，休假15天。', agreed: 15 },
  { item: '满四个月流产假', quote: '怀孕满4个月流产的，休假42天。', agreed: 42 },
  { item: '孕期不加班不上夜班', quote: '怀孕7个月以上的女职工，不延长劳动时间、不安排夜班。', agreed: 7 },
  { item: '哺乳时间', quote: '哺乳未满1周岁婴儿的女职工，每天安排1小时哺乳时间。', agreed: 60 },
  { item: '“两癌”筛查', quote: '每两年组织女职工参加一次“两癌”筛查，费用由企业承担。' },
  { item: '性骚扰防治', quote: '企业建立预防和制止性骚扰的制度，设受理人员和电话。' },
  { item: '同工同酬', quote: '在定级、晋升、评聘和待遇上坚持男女平等、同工同酬。' },
]

/** How a contract came about and what it says: what a unit that keeps its papers well enters besides. */
export const bargained = (heldOn: string): Body => ({
  offeredOn: addDays(heldOn, -40),
  repliedOn: addDays(heldOn, -30),
  draftedOn: addDays(heldOn, -10),
  finding: '无异议',
  clauses: clauses.map((one) => ({ ...one })),
})
