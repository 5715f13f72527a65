import { lineStateWords, stepWords } from '#hardship/states.ts'
import { c, type HerTable } from './herTable.ts'

// What hangs on her hardship file and on the aid to her; blind indexes of her household tell nothing, and stay out.

export const hardshipWay: Readonly<Record<string, HerTable>> = {
  hardship_step: {
    title: '困难档案的办理过程',
    by: 'person',
    key: 'file_id',
    via: 'hardship_file',
    columns: {
      file_id: null,
      seq: c('序号'),
      step: c('步骤', stepWords),
      on_day: c('日期'),
      at: c('时间'),
      org_id: c('办理单位', 'org'),
      note: c('说明'),
    },
  },
  hardship_inquiry: {
    title: '送民政核对收入',
    by: 'person',
    key: 'file_id',
    via: 'hardship_file',
    columns: {
      code: c('编码'),
      file_id: null,
      sheet: null,
      asked_on: c('送核日期'),
      state: c('结果', { waiting: '等待答复', fits: '相符', differs: '不符' }),
      answered_on: c('答复日期'),
    },
  },
  hardship_line: {
    title: '帮扶资金发放',
    by: 'person',
    key: 'aid_id',
    via: 'hardship_aid',
    columns: {
      code: c('编码'),
      batch_id: null,
      aid_id: null,
      amount: c('金额（元）'),
      state: c('结果', lineStateWords),
      answered_on: c('银行答复日期'),
      fault: c('失败原因'),
      replaces: c('替换的编码'),
    },
  },
}
