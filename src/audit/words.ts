const acts: Readonly<Record<string, string>> = {
  'record.submit': '提交记录',
  'record.edit': '修改后提交',
  'record.withdraw': '撤回',
  'record.return': '退回修改',
  'record.pass': '审核上报',
  'record.accept': '审核通过',
  'record.handOver': '转办',
  'record.correct': '更正生效',
  'record.void': '作废',
  'correction.submit': '提出更正',
  'correction.return': '退回更正',
  'void.request': '申请作废',
  'void.return': '不同意作废',
  'draft.save': '保存草稿',
  'draft.delete': '删除草稿',
  'evidence.add': '上传附件',
  'evidence.remove': '移除附件',
  'summary.edit': '修改总结文字',
  'summary.freeze': '总结定稿',
  'org.move': '调整隶属',
  'session.open': '登录',
  'session.close': '退出登录',
  'session.post': '切换岗位',
  'demo.load': '装入演示数据',
}

/** Acts that can be asked for, as a list offers them. */
export const auditActs: readonly { value: string; label: string }[] = Object.entries(acts).map(
  ([value, label]) => ({ value, label }),
)

/** What was done, in Chinese; an act unknown here as it is written. */
export const auditAct = (action: string): string => acts[action] ?? action

const kinds: Readonly<Record<string, string>> = {
  draft: '草稿',
  account: '账号',
  post: '岗位',
  org: '单位',
  demo: '演示数据',
}

/** To what it was done: kind and number, never a title. `labelOf` names a programme by its key. */
export function auditObject(object: string, labelOf: (key: string) => string | undefined): string {
  const [kind = '', id = ''] = object.split(':')
  if (id === '') return kind
  return `${labelOf(kind) ?? kinds[kind] ?? kind} ${id.slice(-12)}`
}
