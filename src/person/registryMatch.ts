import { inner, plain, secret, type ColumnRule, type TableRule } from './columnRule.ts'

const hidden = (label: string): ColumnRule => ({
  ...plain(label, 'S3'),
  mask: '加密，只给参加者看',
  log: '举报后指定的承办人每看一天记一次，本人可查',
})

/** What match-making (src/match) holds of whoever takes part, until she leaves. */
export const matchTables: Readonly<Record<string, TableRule>> = {
  match_profile: {
    title: '婚恋交友卡片',
    purpose: '帮助单身职工互相认识',
    basis: '同意',
    retention: '退出或登记删除时立即删除',
    columns: {
      person_id: inner('登记编号'),
      id: inner('编号'),
      card: { ...hidden('昵称、区市和介绍'), export: '有，解密后列出' },
      contact: {
        ...hidden('联系方式'),
        mask: '加密，双方都愿意才互相看到',
        export: '有，解密后列出',
      },
      text_hash: inner('同意的说明'),
      single_on: { ...plain('单身声明日期'), mask: '只给本人看' },
    },
  },
  match_answer: {
    title: '婚恋交友中本人的回答',
    purpose: '双方都愿意时互相告知',
    basis: '同意',
    retention: '退出或登记删除时立即删除，对方退出时也删除',
    columns: {
      person_id: inner('登记编号'),
      profile_id: inner('卡片编号'),
      says_yes: { ...plain('愿意认识'), mask: '只给本人看' },
      seen_on: { ...plain('最近查看对方联系方式的日期'), mask: '只给牵手的对方看' },
    },
  },
  match_block: {
    title: '婚恋交友中不再见到的人',
    purpose: '双方不再互相见到',
    basis: '同意',
    retention: '退出或登记删除时立即删除',
    columns: {
      id: inner('编号'),
      person_id: inner('登记编号'),
      salt: secret('摘要用的随机数'),
      digest: secret('加盐摘要'),
    },
  },
}
