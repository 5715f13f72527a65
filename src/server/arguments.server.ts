import { parseArgs } from 'node:util'

/** Exit codes of the command line. */
export const exit = { clean: 0, difference: 1, usage: 2 } as const

export const usage = `用法：npx jinguo <命令>
  start                              启动平台（首次启动自动建库并装入演示年度）
  init --city 市总工会全称 --code 编码 --admin 姓名 --login 登录名 [--profile asvs|djbh3] [--invite-days 7]
                                     在空库中建立正式环境，给出第一位管理员的一次性链接
  summary --year 2019 --out 文件.docx   冻结快照并生成年度工作总结（--review 附逐数批注）
  figures 文件 [--year 年] [--scope 单位编码] [--json]
                                     校对报告（.docx 或 .txt）中的数字；没有数据文件夹也可用，只是不作对照
  verify [--audit]                   从原始记录重算全部数字并核对审计链（--audit 只核对审计链）
  verify --audit 文件 [--key 公钥]     不连数据库，核对导出的审计链
  import 导入什么 文件 --as 登录名 [--org 编码] [--right-only] [--draft] [--note 说明] [--reason 更正理由]
         [--dry-run] [--json]
                                     核对并导入一份表格，权限同该账号；导入什么：person（会员），或项目代号，如
                                     training（女职工教育培训）；写错时列出全部代号
  onboard 文件 --as 登录名 [--links 链接.csv] [--dry-run] [--json]
                                     从一份表格建全市的单位和账号
  audit --out 文件                    导出审计链和锚定，供另处核对
  export --all 文件夹                  导出全部资料（组织、台账、附件、总结、报表、审计），附目录和摘要，供移交
  keys [add | rewrap | retire 编号]    密钥：列出各代；新加一把；全部改用最新的一把包裹；移除不再使用的一把
  backup --out 文件夹 --pass-file 文件
                                     备份数据库、附件和锚定，加密后读回核对；密钥文件不在其中
  restore 文件 --pass-file 文件 [--verify]
                                     恢复到空的数据文件夹或空的 PostgreSQL 并核对（--verify 恢复到临时处核对，随即删除）
  nightly --out 文件夹 --pass-file 文件 [--keep 份数]
                                     夜间一并做：备份、试恢复核对，相符后删除过期的备份（另留每月一份，共 12 个月）
  today 2020-04-24                   给正在运行的演示换一个业务日期（到停止为止）
  migrate                            升级数据库结构（用 DATABASE_ADMIN_URL）`

type Options = Record<string, { type: 'string' | 'boolean' }>

/** @throws UsageError on an unknown option */
export function parse(args: string[], options: Options, allowPositionals = false) {
  try {
    return parseArgs({ args, options, allowPositionals })
  } catch {
    throw new UsageError()
  }
}

/** The words of a command are off. */
export class UsageError extends Error {}
