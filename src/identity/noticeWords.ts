import type { Notice, NoticeKind } from './api.ts'

const words: Record<NoticeKind, string> = {
  'password.set': '通过链接设置了密码',
  'password.changed': '修改了密码',
  'factor.set': '绑定了动态验证码',
  'factor.dropped': '安全管理员解除了第二步验证，请重新绑定',
  'recovery.used': '用恢复码登录了一次',
  'recovery.renewed': '换了一组恢复码',
  'device.new': '在一台新设备上登录',
  'passkey.added': '添加了通行密钥',
  'passkey.removed': '删除了通行密钥',
  'passkey.copied': '有人用复制的通行密钥尝试登录，已拒绝；请删除这把密钥',
  'oidc.bound': '绑定了统一身份登录',
  'phone.bound': '第一次用手机号登录，账号从此认这个手机号；不是本人操作的，请告诉所在单位工会',
  'reset.made': '系统管理员生成了重设密码的链接',
}

/** What happened, as a person reads it. */
export const noticeText = ({ kind, detail }: Pick<Notice, 'kind' | 'detail'>): string =>
  detail ? `${words[kind]}：${detail}` : words[kind]
