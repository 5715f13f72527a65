/** Words of the trace for acts as the history keeps them; an act unknown here is shown as it is written. */
const acts: Record<string, string> = {
  submit: '提交',
  create: '提交',
  edit: '修改后提交',
  resubmit: '修改后重新提交',
  withdraw: '撤回',
  return: '退回修改',
  pass: '审核上报',
  accept: '审核通过',
  handOver: '转办',
  correct: '更正',
  correction: '更正',
  void: '作废',
  keep: '不同意作废',
  unimport: '撤销导入，恢复原样',
  listing: '按上图台账更新',
  plaque: '挂牌',
  unplaque: '取消级别',
  delist: '摘牌',
  subsidy: '支付补助',
}

/** What was done, in Chinese. */
export const actWord = (action: string): string => acts[action] ?? action

/** What to say after an act that succeeded. */
export const doneWord = (action: string): string =>
  ({
    accept: '已审核通过，数字已计入',
    pass: '已审核上报',
    return: '已退回，填报人会看到您的批注',
    withdraw: '已撤回，可修改后再提交',
    handOver: '已转办',
    void: '作废申请已提交，等待另一人审核',
  })[action] ?? '已办理'

/** From which row of which file a version came. */
export const originSentence = ({ file, line }: { file: string; line: number }): string =>
  `随《${file}》导入，第 ${line} 行`

/** Time between two instants as a person says it: 「3 分钟」, 「5 小时」, 「2 天」. */
export function elapsed(fromIso: string, untilIso: string): string {
  const minutes = Math.round((Date.parse(untilIso) - Date.parse(fromIso)) / 60_000)
  if (!Number.isFinite(minutes) || minutes < 0) return ''
  if (minutes < 1) return '1 分钟内'
  if (minutes < 60) return `${minutes} 分钟`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} 小时` : `${Math.round(hours / 24)} 天`
}
