import { opinion, pair, wide, type FormLayout, type FormRow } from './layout.ts'

/**
 * The sheet by which an event is approved and its money asked for.
 * @param word measure word of the programme
 * @param own lines of the programme itself
 */
export const activityForm = (title: string, word: '期' | '场', own: readonly FormRow[]): FormLayout => ({
  key: 'approval',
  title,
  rows: [
    wide('活动名称', '{title}'),
    pair(['开始日期', '{startsOn}'], ['结束日期', '{endsOn}']),
    pair(['地点', '{place}'], ['授课人或\n主持人', '{teacher}']),
    wide('方式', '{mode|boxes}'),
    ...own,
    wide('规模', `{count}${word}，{all}人次，其中女职工{women}人次`),
    pair(['经费', '{cost}'], ['经费来源', '{fund}']),
    wide('内容和\n经费安排', '{note}', 20),
    opinion('主办单位\n意见'),
    opinion('上级工会\n意见'),
    opinion('经费审批\n意见'),
  ],
})
