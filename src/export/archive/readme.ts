import { formatInstant } from '#kit/day.ts'

export type Contents = {
  city: string
  isDemo: boolean
  at: string
  today: string
  publicKey: string
  files: readonly { name: string; bytes: number }[]
  /** What was read, in words with numbers. */
  counts: readonly string[]
  /** Evidence that is named and no longer there. */
  lost: readonly string[]
}

/** 说明.txt: what the folder holds, how it is checked, and what is not in it. */
export const readmeOf = ({ city, isDemo, at, today, publicKey, files, counts, lost }: Contents): string =>
  [
    `${city} 女职工工作平台 全部资料`,
    ...(isDemo ? ['演示数据：全部内容均为虚构，仅供演示'] : []),
    `导出时间 ${formatInstant(at)}，业务日期 ${today}`,
    '',
    '一、有什么',
    '组织.xlsx　　　全部单位：编码、上级、层级、人数、女职工组织',
    '台账/　　　　　各项目的全部记录，一个项目一年一个文件；各表隐藏的“记录编号”全市唯一',
    '附件/　　　　　佐证材料原件，以内容摘要为文件名；哪个文件属于哪条记录见 附件/目录.csv',
    '指标/　　　　　全市各年指标，附每个指标的口径',
    '历年估报.xlsx　系统以前年份的总数，只作对照（没有登记的没有这个文件）',
    '总结/　　　　　各单位定稿的年度工作总结（Word）',
    '统计报表/　　　各单位签发的统计报表（Excel）',
    '审计/　　　　　操作留痕的完整链条和库外签存',
    '校验.sha256　　每个文件的摘要',
    '',
    ...counts,
    '',
    '二、怎么核对',
    '1. 文件：在本文件夹中运行 sha256sum -c 校验.sha256，应逐行显示 OK；',
    '2. 审计：npx jinguo verify --audit 审计/审计.jsonl，不需要数据库；',
    `   公钥 ${publicKey}（请与另处留存的公钥比对）；`,
    '3. 各项目的记录可用“导入”带进本平台的另一套系统，组织可用“开通”带入。',
    '',
    '三、没有什么',
    '1. 会员实名信息（姓名、证件号码、电话等）加密保存，不随本次导出；由各单位按规定另行移交，并告知本人；',
    '2. 没有提交的草稿、没有定稿的总结、没有签发的报表；',
    '3. 证书台账：证书上有姓名，由各发证单位自行打印移交；验证码离开本平台不再能查；',
    '4. 按记录填出的送审表、审批表：内容都在台账里，需要时重新打印；',
    '5. 账号、密码和登录记录。',
    ...(lost.length === 0 ? [] : ['', `四、登记过而找不到原件的附件（${lost.length} 份）`, ...lost]),
    '',
    `共 ${files.length} 个文件，${(files.reduce((n, f) => n + f.bytes, 0) / 1_048_576).toFixed(1)} MB`,
    '',
  ].join('\n')
