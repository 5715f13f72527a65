import '../person/person.css'
import { Link } from '@tanstack/react-router'
import { Table } from 'antd'
import { consentTexts } from '#person/consentTexts.ts'
import { impactLabel, impacts, sensitivePurposes } from '#person/impact.ts'
import { purposes, readPurposes, sealedLabels } from '#person/purposes.ts'
import { personalTables, type ColumnRule } from '#person/registry.ts'
import { keptYears } from '#person/retention.ts'
import { programmes } from '#programmes/index.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { paths } from '../paths.ts'

const rights: string[] = [
  '查阅：在「我的信息」里看登记了什么，加密的内容本人点一下就能显示。',
  '知情：在「谁看过我的信息」里看哪个单位、什么岗位、为什么看过，一次不漏。',
  '更正：发现有误，告诉所在单位的女职工委员，由本单位更正。',
  '同意与撤回：每项服务分别同意，随时可以撤回，撤回后立即生效，不影响会籍和其他服务。',
  '复制：随时导出一份关于自己的全部信息。',
  '删除：提出后由所在单位确认办理（困难档案、帮扶款等未了事项办结后），密钥销毁，任何人都无法恢复。',
]

/** Columns of the program itself say nothing to a reader. */
const told = (columns: Readonly<Record<string, ColumnRule>>) =>
  Object.entries(columns)
    .filter(([, c]) => c.mask !== '不显示')
    .map(([key, c]) => ({ key, ...c }))

/** 个人信息处理说明: what is kept of a person, why, on what ground, how long and who may look; made from the register of fields. */
export function PrivacyPage() {
  return (
    <article className="privacy-page">
      <PageHead
        title="个人信息处理说明"
        sub="工会收集您的哪些信息、用来做什么、保存多久、谁能看到（个人信息保护法第十七条）"
      />
      <p>
        工会只收集办理会籍和服务所需的信息。证件号码、出生日期、手机号码和监护人信息，用每个人各自的密钥加密保存，平时只显示掩码；密钥另行保管，不在数据库里。证件号码和监护人信息只有您本人和您所在的单位可以查看，上级单位平时看不到；遇到人身安全、救治、灾害或司法要求等紧急情况，区级以上工会可以紧急查看一次，您的单位和管理员立即知道，事后由他人复核，您在「谁看过我的信息」里也看得到。领导和各类管理员都看不到会员名册。
      </p>
      <h2>您的权利</h2>
      <ul>
        {rights.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <p>
        以上都在 <Link to={paths.my}>我的信息</Link> 里办理。
      </p>
      <h2>什么情况下可以查看加密信息</h2>
      <Table
        size="small"
        rowKey="key"
        pagination={false}
        dataSource={readPurposes.map((key) => ({ key, ...purposes[key] }))}
        columns={[
          { title: '用途', dataIndex: 'label', width: 160 },
          {
            title: '依据',
            width: 120,
            render: (_, p) => (p.basis === '同意' ? '本人单独同意' : p.basis),
          },
          { title: '可查看', render: (_, p) => p.fields.map((f) => sealedLabels[f]).join('、') },
        ]}
      />
      <p>每次查看都要写明用途和理由，记入您的「谁看过我的信息」和审计，保存 {keptYears.person_access} 年。</p>
      <h2>敏感信息：有什么风险，怎么保护</h2>
      <p>
        证件号码和监护人信息属于敏感个人信息。每项用途都做过影响评估（第五十五条），完整的评估见{' '}
        <Link to={paths.impact}>个人信息保护影响评估</Link>。
      </p>
      <ul>
        {sensitivePurposes(programmes).map((purpose) => (
          <li key={purpose}>{`${impactLabel(purpose, programmes)}：${impacts[purpose]!.plain}`}</li>
        ))}
      </ul>
      <h2>登记的内容</h2>
      {Object.entries(personalTables)
        .filter(([, rule]) => told(rule.columns).length > 0)
        .map(([name, rule]) => (
          <section key={name} className="member-section">
            <h3>{rule.title}</h3>
            <p>{`用途：${rule.purpose}。依据：${rule.basis}。保存：${rule.retention}。`}</p>
            <Table
              size="small"
              pagination={false}
              dataSource={told(rule.columns)}
              columns={[
                { title: '栏目', dataIndex: 'label', width: 160 },
                {
                  title: '类别',
                  width: 140,
                  render: (_, c) => (c.class === 'S3' ? '敏感个人信息' : '个人信息'),
                },
                { title: '显示', dataIndex: 'mask', width: 160 },
                { title: '读取留痕', dataIndex: 'log' },
              ]}
            />
          </section>
        ))}
      <h2>需要您单独同意的用途</h2>
      {Object.entries(consentTexts).map(([purpose, { label, text, version }]) => (
        <section key={purpose} className="member-section">
          <h3>{`${label}（告知书第 ${version} 版）`}</h3>
          <p className="consent-text">{text}</p>
        </section>
      ))}
    </article>
  )
}
