import './assessment.css'
import { DownloadOutlined } from '@ant-design/icons'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Table, Tag } from 'antd'
import { sheet as sheetSchema, unitTotals, type Sheet } from '#figures/assessment/api.ts'
import { kindWords, pointsText, ruleText, stateWords } from '#figures/assessment/words.ts'
import { tierLabels } from '#org/api.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { findLine } from '../figures/chapters.ts'
import { DefinitionButton } from '../figures/definition.tsx'
import { formatInstant, formatMonth } from '../format.ts'
import { Loaded } from '../kit/states.tsx'
import { Sideways } from '../kit/sideways.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { paths } from '../paths.ts'
import { dayWords } from '#figures/plan/words.ts'
import { assessmentApi } from './addresses.ts'
import { stateColors } from './listPage.tsx'
import { StateBar } from './stateBar.tsx'

const route = getRouteApi(paths.assessment)

/** One sheet: what is asked, by when, and how the units stand, in official order. */
export function AssessmentPage() {
  const { id } = route.useParams()
  const query = useApi(assessmentApi.one(id), sheetSchema)
  return <Loaded query={query}>{(sheet) => <Body key={sheet.id} sheet={sheet} />}</Loaded>
}

function Body({ sheet }: { sheet: Sheet }) {
  const { post } = useMe()
  const isIssuer = sheet.issuer.id === post.org.id
  return (
    <>
      <PageHead
        title={sheet.title}
        sub={
          <>
            {sheet.issuer.name} <Tag color={stateColors[sheet.state]}>{stateWords[sheet.state]}</Tag>
          </>
        }
        extra={
          <>
            {sheet.state !== 'draft' && (
              <>
                <Button icon={<DownloadOutlined />} href={assessmentApi.file(sheet.id, 'xlsx')}>
                  表格
                </Button>
                <Button icon={<DownloadOutlined />} href={assessmentApi.file(sheet.id, 'docx')}>
                  文档
                </Button>
              </>
            )}
            {isIssuer && <StateBar sheet={sheet} />}
          </>
        }
      />
      <section className="sheet-card">
        <h2>安排</h2>
        <Dues sheet={sheet} />
        {sheet.note && <p>{sheet.note}</p>}
      </section>
      {sheet.state !== 'draft' && <Totals sheet={sheet} />}
      <Lines sheet={sheet} />
    </>
  )
}

function Dues({ sheet }: { sheet: Sheet }) {
  const { today } = useMe()
  const open = sheet.state === 'open'
  const due = (label: string, on: string) => (
    <span className="num">
      {label} {on} 前{open && `（${dayWords(on, today)}）`}
    </span>
  )
  return (
    <div className="sheet-dues">
      <span>
        考核期 {formatMonth(sheet.fromYm)}至{formatMonth(sheet.untilYm)}
      </span>
      <span>对象：{sheet.tiers.map((tier) => tierLabels[tier]).join('、')}</span>
      {due('自评', sheet.selfDue)}
      {due('复核', sheet.reviewDue)}
      {due('终评', sheet.finalDue)}
      {sheet.proposedBy && <span>{sheet.proposedBy}提请发布</span>}
      {sheet.publishedAt && (
        <span>
          {sheet.publishedBy}于 {formatInstant(sheet.publishedAt)} 发布
        </span>
      )}
      {sheet.objections > 0 && <span>未办结异议 {sheet.objections} 件</span>}
    </div>
  )
}

const points = (title: string, key: 'auto' | 'self' | 'final') => ({
  title,
  align: 'right' as const,
  dataIndex: key,
  render: (value: number | null) => <span className="num">{pointsText(value)}</span>,
})

/** How the units stand: in official order, whatever the points; no rank, no sorting by them. */
function Totals({ sheet }: { sheet: Sheet }) {
  const query = useApi(assessmentApi.units(sheet.id), unitTotals, { keep: true })
  return (
    <section className="sheet-card">
      <h2>各单位</h2>
      <Loaded query={query}>
        {({ rows, isFrozen }) => (
          <>
            <p className="page-sub">
              {isFrozen ? '发布时的结果' : '评分中，数字会变'}；按规范顺序排列，不分名次
            </p>
            <Table
              size="small"
              rowKey={(row) => row.org.id}
              dataSource={rows}
              pagination={rows.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
              scroll={{ x: 'max-content' }}
              locale={{ emptyText: '您的范围内没有参加考核的单位' }}
              columns={[
                {
                  title: '单位',
                  fixed: 'left' as const,
                  render: (_, { org, above }) => (
                    <Link to={paths.assessmentUnit} params={{ id: sheet.id, org: String(org.id) }}>
                      {org.shortName}
                      {org.tier === 'subdistrict' && <small className="page-sub">（{above}）</small>}
                    </Link>
                  ),
                },
                points('自动计分', 'auto'),
                points('自评', 'self'),
                {
                  title: '复核',
                  align: 'right' as const,
                  render: (_, { review, missing }) =>
                    missing.review === null ? (
                      <span className="page-sub">直接终评</span>
                    ) : (
                      <span className="num">{pointsText(review)}</span>
                    ),
                },
                points('终评', 'final'),
                {
                  title: '说明',
                  render: (_, { isVetoed, objections, missing, self }) => (
                    <>
                      {isVetoed && <Tag color="red">一票否决</Tag>}
                      {objections > 0 && <Tag color="gold">异议 {objections}</Tag>}
                      {self === null && !isFrozen && '还没有自评'}
                      {self !== null && missing.self > 0 && `自评还差 ${missing.self} 项`}
                    </>
                  ),
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </section>
  )
}

function Lines({ sheet }: { sheet: Sheet }) {
  return (
    <section className="sheet-card">
      <h2>考核内容</h2>
      <Sideways label="考核内容">
        <Table
          size="small"
          rowKey="key"
          pagination={false}
          dataSource={sheet.lines}
          columns={[
            { title: '类别', dataIndex: 'section' },
            {
              title: '内容',
              render: (_, { item, formula, evidence }) => {
                const line = findLine(formula?.indicator ?? '')
                return (
                  <>
                    {item}
                    {formula && line && (
                      <div className="score-rule">
                        {ruleText(formula, line.indicator)}
                        <DefinitionButton line={line} />
                      </div>
                    )}
                    {evidence && <div className="score-rule">佐证：{evidence}</div>}
                  </>
                )
              },
            },
            { title: '办法', render: (_, { kind }) => kindWords[kind] },
            {
              title: '分值',
              align: 'right',
              render: (_, { kind, points }) => (
                <span className="num">{kind === 'veto' ? '—' : pointsText(points)}</span>
              ),
            },
          ]}
        />
      </Sideways>
    </section>
  )
}
