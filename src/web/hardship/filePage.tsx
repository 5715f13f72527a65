import './hardship.css'
import { getRouteApi } from '@tanstack/react-router'
import { Alert, Tag } from 'antd'
import type { ReactNode } from 'react'
import { fileDetail, type FileDetail } from '#hardship/api.ts'
import { fileStateWords, stepWords } from '#hardship/states.ts'
import { consentWords } from '#person/words.ts'
import { longDay } from '#kit/day.ts'
import { useApi } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { Blank, Loaded } from '../kit/states.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { paths } from '../paths.ts'
import { hardshipApi } from './addresses.ts'
import { AidsCard } from './aidsCard.tsx'
import { fileColors } from './colors.ts'
import { FileBar } from './fileBar.tsx'
import { SealedCard } from './sealedCard.tsx'

const route = getRouteApi(paths.hardshipFile)

/** One file: how far it has come, who did what, and what is next. What is sealed opens with a reason. */
export function HardshipFilePage() {
  const { id } = route.useParams()
  const query = useApi(hardshipApi.file(id), fileDetail)
  if (query.error && toProblem(query.error).status === 404)
    return <Blank why="没有这份档案，或者您不是它的经办人" />
  return <Loaded query={query}>{(file) => <Shown file={file} />}</Loaded>
}

type Fact = [label: string, value: ReactNode]

function factsOf(f: FileDetail): Fact[] {
  const facts: (Fact | false)[] = [
    ['档案编号', f.no ?? '建档后编号'],
    ['所在单位', f.org.name],
    ['帮扶中心', f.centre.name],
    ['证件号码', f.masks.idNumber ?? '—'],
    ['手机号码', f.masks.phone ?? '—'],
    ['本人同意', consentWords[f.consent]],
    f.openedOn !== null && ['同意报送全国系统', consentWords[f.national]],
    ['申请日期', longDay(f.appliedOn)],
    f.visitedOn !== null && ['入户日期', longDay(f.visitedOn)],
    f.visitors !== null && ['入户人', f.visitors],
    f.authorisedOn !== null && ['授权书签署', longDay(f.authorisedOn)],
    f.openedOn !== null && ['建档日期', longDay(f.openedOn)],
    f.recheckBy !== null && ['复核期限', longDay(f.recheckBy)],
    f.closedOn !== null && ['销档', `${longDay(f.closedOn)}，${f.closedFor}`],
  ]
  return facts.filter((fact) => fact !== false)
}

const Shown = ({ file: f }: { file: FileDetail }) => (
  <>
    <PageHead
      title={
        <>
          {f.name} <Tag color={fileColors[f.state]}>{fileStateWords[f.state]}</Tag>
        </>
      }
      sub={`困难职工档案 · ${f.org.shortName}`}
      extra={<FileBar file={f} />}
    />
    <Told file={f} />
    <section className="hardship-card">
      <dl className="hardship-facts">
        {factsOf(f).map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
    <SealedCard key={f.version} file={f} />
    {f.openedOn !== null && <AidsCard file={f} />}
    <section className="hardship-card">
      <h2>办理过程</h2>
      <ul className="act-list">
        {f.way.map((one, at) => (
          // Steps only ever grow at the end; position is what tells two of a day apart.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={at}>
            <div>
              <b>{stepWords[one.step] ?? one.step}</b>
              {one.note && <p>{one.note}</p>}
            </div>
            <span className="hardship-aside num">{`${longDay(one.on)} · ${one.org} ${one.person}`}</span>
          </li>
        ))}
      </ul>
    </section>
  </>
)

/** What the reader has to know of where it stands. */
function Told({ file: f }: { file: FileDetail }) {
  const last = f.way.at(-1)
  const notice = f.noticeId && (
    <a href={`${paths.publicNotices}/${f.noticeId}`} target="_blank" rel="noreferrer">
      看公示页
    </a>
  )
  if (f.state === 'noticed')
    return (
      <Alert
        style={{ marginBottom: 16 }}
        type={f.notice === 'blocked' ? 'warning' : 'info'}
        showIcon
        title={
          f.notice === 'open'
            ? '公示中；期满次日起可以建档'
            : f.notice === 'blocked'
              ? '公示期已到，异议还没有答复或异议成立；答复后再建档，异议成立的不予建档'
              : '公示期满，可以在列表里选“公示中”勾选后建档'
        }
        description={notice}
      />
    )
  if (['returned', 'refused', 'withdrawn'].includes(f.state) && last?.note)
    return (
      <Alert
        style={{ marginBottom: 16 }}
        type="warning"
        showIcon
        title={`${stepWords[last.step]}：${last.note}`}
      />
    )
  if (f.consent !== 'given' && f.state !== 'closed')
    return (
      <Alert
        style={{ marginBottom: 16 }}
        type="warning"
        showIcon
        title={`本人同意：${consentWords[f.consent]}。没有有效的同意，不再核对、不办理新的帮扶`}
      />
    )
  return null
}
