import './honour.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Alert, App, Tag } from 'antd'
import * as z from 'zod/mini'
import {
  campaign as campaignSchema,
  nomination as nominationSchema,
  type Campaign,
  type Nomination,
  type Nominee,
} from '#honour/api.ts'
import { nominationStateWords, opinionWords } from '#honour/words.ts'
import { call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { longDay } from '#kit/day.ts'
import { Loaded } from '../kit/states.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { paths } from '../paths.ts'
import { honourApi } from './addresses.ts'
import { NominationBar } from './nominationBar.tsx'
import { nominationColors } from './nominationTable.tsx'
import { NomineeForm } from './nomineeForm.tsx'
import { ScoreCard } from './scoreCard.tsx'

const route = getRouteApi(paths.nomination)

/** One nomination: its form while the unit drafts, then what was written, heard and scored. */
export function NominationPage() {
  const { id } = route.useParams()
  const query = useApi(honourApi.nomination(id), nominationSchema)
  return <Loaded query={query}>{(n) => <WithCampaign key={n.id} n={n} />}</Loaded>
}

function WithCampaign({ n }: { n: Nomination }) {
  const query = useApi(honourApi.campaign(n.campaignId), campaignSchema)
  return <Loaded query={query}>{(c) => <Shown n={n} c={c} />}</Loaded>
}

function Shown({ n, c }: { n: Nomination; c: Campaign }) {
  const type = c.types.find((t) => t.key === n.typeKey)!
  const isDraft = n.isOwn && n.state === 'draft' && c.state === 'open'
  return (
    <>
      <PageHead
        title={
          <>
            {n.name} <Tag color={nominationColors[n.state]}>{nominationStateWords[n.state]}</Tag>
          </>
        }
        sub={
          <>
            推荐“{type.name}” ·{' '}
            <Link to={paths.honour} params={{ id: c.id }}>
              {c.title}
            </Link>
          </>
        }
        extra={<NominationBar n={n} c={c} />}
      />
      {n.reason && n.state === 'draft' && (
        <Alert style={{ marginBottom: 16 }} type="warning" showIcon title={`已退回：${n.reason}`} />
      )}
      {n.faults.length > 0 && (
        <Alert
          style={{ marginBottom: 16 }}
          type="warning"
          showIcon
          title={isDraft ? '上报前还要处理' : '与评选条件不符'}
          description={
            <ul style={{ margin: 0, paddingInlineStart: 18 }}>
              {n.faults.map((f) => (
                <li key={f.field + f.message}>{f.message}</li>
              ))}
            </ul>
          }
        />
      )}
      {n.noticeId && n.state === 'unitNotice' && (
        <Alert
          style={{ marginBottom: 16 }}
          type={n.noticeState === 'blocked' ? 'warning' : 'info'}
          showIcon
          title={
            n.noticeState === 'passed'
              ? '单位公示期满，可以上报'
              : n.noticeState === 'blocked'
                ? '公示有异议未了，请到“公示与异议”答复'
                : `单位公示到 ${longDay(n.noticeClosesOn!)}，次日起可以上报`
          }
          description={
            <a href={`${paths.publicNotices}/${n.noticeId}`} target="_blank" rel="noreferrer">
              看公示页
            </a>
          }
        />
      )}
      {isDraft ? <DraftForm n={n} c={c} /> : <Material n={n} subject={type.subject} />}
      <Opinions n={n} />
      <ScoreCard n={n} c={c} />
    </>
  )
}

function DraftForm({ n, c }: { n: Nomination; c: Campaign }) {
  const { message } = App.useApp()
  const save = useAct(
    (body: Nominee, key) =>
      call(honourApi.nomination(n.id), z.strictObject({ version: z.number() }), {
        method: 'PUT',
        key,
        body: { ...body, version: n.version },
      }),
    () => void message.success('已保存'),
  )
  return (
    <NomineeForm
      campaign={c}
      body={n.body}
      employer=""
      busy={save.busy}
      error={save.error}
      onSave={save.run}
    />
  )
}

function Material({ n, subject }: { n: Nomination; subject: string }) {
  const b = n.body
  const marks = [
    b.isIndustrial && '产业工人',
    b.isMigrant && '农民工',
    b.isNonPublic && '非公有制单位',
    b.isHead && '企业负责人',
  ]
    .filter(Boolean)
    .join('、')
  const facts: [string, string | number | null][] =
    subject === '集体'
      ? [
          ['集体人数', b.size],
          ['其中女职工', b.women],
          ['负责人', b.headName && `${b.headName}（${b.headIsWoman ? '女' : '男'}）`],
          ['成立日期', b.foundedOn],
        ]
      : subject === '家庭'
        ? [['家训家风', b.motto]]
        : [
            ['性别', b.sex],
            ['出生年月', b.birthMonth],
            ['民族', b.nation],
            ['政治面貌', b.politics],
            ['学历', b.education],
            ['职称技能', b.jobTitle],
            ['职务或岗位', b.position],
            ['岗位类别', b.postKind],
            ['一线岗位起', b.frontSince],
            ['人员类别', marks],
          ]
  return (
    <section className="honour-card">
      <h2>推荐材料</h2>
      <dl className="honour-facts">
        {(
          [['所在单位', b.employer], ['推荐单位', n.org.name], ...facts] as [string, string | number | null][]
        )
          .filter(([, value]) => value !== null && value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {b.before && <p className="honour-text">曾获荣誉：{b.before}</p>}
      <h2>简要事迹</h2>
      <p className="honour-text">{b.deedsShort}</p>
      <h2>详细事迹</h2>
      <p className="honour-text">{b.deeds}</p>
    </section>
  )
}

const Opinions = ({ n }: { n: Nomination }) =>
  n.opinions.length > 0 && (
    <section className="honour-card">
      <h2>意见</h2>
      <ul className="act-list">
        {n.opinions.map((one) => (
          <li key={one.step}>
            <div>
              {opinionWords[one.step]}{' '}
              <Tag color={one.agrees ? 'green' : 'red'}>{one.agrees ? '同意' : '不同意'}</Tag>
              <p>{one.body}</p>
            </div>
            <span className="honour-aside num">
              {one.org.shortName} {one.givenOn}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
