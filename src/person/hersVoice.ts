import { suggestionLabels } from '#help/api.ts'
import { c, type HerTable } from './herTable.ts'

// What she said to the city tier, and asked of it.

export const voiceWay: Readonly<Record<string, HerTable>> = {
  suggestion: {
    title: '投诉建议和政策咨询',
    by: 'account',
    key: 'account_id',
    columns: {
      district_id: null,
      id: null,
      org_id: c('单位', 'org'),
      person_id: null,
      kind: c('类别', suggestionLabels),
      body: c('内容'),
      state: c('状态', { sent: '已送达', read: '已阅', answered: '已答复' }),
      answer: c('答复'),
      sent_at: c('提出时间'),
      read_at: c('市级看到的时间'),
      answered_at: c('答复时间'),
      receipt: null,
      due_on: c('答复期限'),
      shown_question: c('公布的问题，不写提问人'),
      shown_answer: c('公布的答复'),
      shown_on: c('公布日期'),
    },
  },
}
