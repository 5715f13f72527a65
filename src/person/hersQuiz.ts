import { c, type HerTable } from './herTable.ts'

/** What hangs on her attempts at quizzes: what she chose. */
export const quizWay: Readonly<Record<string, HerTable>> = {
  quiz_answer: {
    title: '在线答题所选的答案',
    by: 'person',
    key: 'attempt_id',
    via: 'quiz_attempt',
    columns: {
      district_id: null,
      attempt_id: null,
      question_id: null,
      seq: null,
      choice: c('所选的选项'),
      saved_at: c('保存时间'),
    },
  },
}
