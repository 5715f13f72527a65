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
  'figure.release': '发布数据表',
  'org.move': '调整隶属',
  'session.open': '登录',
  'session.close': '退出登录',
  'session.post': '切换岗位',
  'session.factor': '第二步验证',
  'session.passkey': '用通行密钥验证',
  'account.factor': '绑定动态验证码',
  'account.passkey': '添加通行密钥',
  'account.passkeyName': '修改通行密钥名称',
  'account.passkeyEnd': '删除通行密钥',
  'account.recovery': '换恢复码',
  'account.password': '修改密码',
  'account.create': '新建账号',
  'account.invite': '生成邀请链接',
  'account.reset': '生成重设密码链接',
  'account.disable': '停用账号',
  'account.enable': '启用账号',
  'post.give': '授予岗位',
  'post.ask': '申请岗位',
  'post.grant': '批准岗位',
  'post.refuse': '不予批准岗位',
  'post.end': '结束岗位',
  'access.end': '解除等待并退出登录',
  'access.factor': '解除第二步验证',
  'account.oidc': '绑定统一身份',
  'account.oidcEnd': '解除统一身份',
  'account.signOut': '让设备退出登录',
  'installation.create': '建立正式环境',
  'person.add': '登记会员',
  'person.edit': '修改会员资料',
  'person.reveal': '查看加密信息',
  'person.move': '会员调动',
  'person.leave': '登记离开',
  'person.transfer': '申请转入',
  'person.transfer.accept': '同意转出',
  'person.transfer.refuse': '不同意转出',
  'person.merge.ask': '申请合并登记',
  'person.merge.accept': '合并登记',
  'person.merge.refuse': '不同意合并',
  'person.merge.undo': '撤销合并',
  'person.erase.ask': '申请删除信息',
  'person.erase.accept': '删除信息',
  'person.erase.refuse': '不同意删除',
  'consent.give': '登记同意',
  'consent.withdraw': '撤回同意',
  'keys.add': '新加密钥',
  'keys.rewrap': '改用最新密钥包裹',
  'keys.retire': '移除旧密钥',
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
  person: '会员',
  personRequest: '会员事项',
  key: '密钥',
  demo: '演示数据',
  release: '数据表',
}

/** To what it was done: kind and number, never a title. `labelOf` names a programme or an indicator by its key. */
export function auditObject(object: string, labelOf: (key: string) => string | undefined): string {
  const [kind = '', id = '', quarter = ''] = object.split(':')
  if (id === '') return kind
  if (kind === 'release')
    return `${kinds[kind]} ${labelOf(id) ?? id} ${quarter.slice(0, 4)}年第${quarter.slice(4)}季度`
  return `${labelOf(kind) ?? kinds[kind] ?? kind} ${id.slice(-12)}`
}
