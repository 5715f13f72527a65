import './honour.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Alert, Button, Tag } from 'antd'
import { useState } from 'react'
import { campaign as campaignSchema, type Campaign } from '#honour/api.ts'
import { campaignKindWords, campaignStateWords } from '#honour/words.ts'
import { useApi } from '../api/hooks.tsx'
import { longDay } from '#kit/day.ts'
import { Loaded } from '../kit/states.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Sideways } from '../kit/sideways.tsx'
import { paths } from '../paths.ts'
import { honourApi } from './addresses.ts'
import { CampaignBar } from './campaignBar.tsx'
import { JurorsCard } from './jurorsCard.tsx'
import { campaignColors } from './listPage.tsx'
import { NominationTable } from './nominationTable.tsx'
import { SharesLine } from './sharesLine.tsx'

const route = getRouteApi(paths.honour)

/** One campaign: what it asks, who was nominated, how far it has come, and what is next. */
export function HonourPage() {
  const { id } = route.useParams()
  const query = useApi(honourApi.campaign(id), campaignSchema)
  return <Loaded query={query}>{(campaign) => <Shown key={campaign.state} campaign={campaign} />}</Loaded>
}

function Shown({ campaign: c }: { campaign: Campaign }) {
  const choosing = c.mayLead && c.state === 'jury'
  const [chosen, setChosen] = useState<string[]>([])
  const list = choosing
    ? c.rows.filter((row) => chosen.includes(row.id))
    : c.rows.filter((row) => ['chosen', 'granted'].includes(row.state))
  return (
    <>
      <PageHead
        title={
          <>
            {c.title} <Tag color={campaignColors[c.state]}>{campaignStateWords[c.state]}</Tag>
          </>
        }
        sub={`${c.organiser.name} · ${campaignKindWords[c.kind]} · 推荐 ${longDay(c.opensOn)}至${longDay(c.closesOn)}`}
        extra={
          <>
            {c.mayNominate && (
              <Link to={paths.nominate} search={{ campaign: c.id }}>
                <Button type="primary">推荐</Button>
              </Link>
            )}
            <CampaignBar campaign={c} chosen={chosen} />
          </>
        }
      />
      <Told campaign={c} />
      <section className="honour-card">
        <h2>称号和名额</h2>
        {c.note && <p className="honour-text">{c.note}</p>}
        <Sideways label="称号和名额">
          <table className="plain-table">
            <thead>
              <tr>
                <th>称号</th>
                <th>对象</th>
                <th>级别</th>
                <th>总名额</th>
                <th>名额分配（已报 / 名额）</th>
              </tr>
            </thead>
            <tbody>
              {c.types.map((type) => (
                <tr key={type.key}>
                  <td>{type.name}</td>
                  <td>{type.subject}</td>
                  <td>{type.level}</td>
                  <td className="num">{type.places}</td>
                  <td>
                    {c.quotas
                      .filter((q) => q.type === type.key)
                      .map((q) => `${q.name} ${q.used}/${q.places}`)
                      .join('，') || '不分配，都可以推荐'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Sideways>
      </section>
      {(choosing || list.length > 0) && <SharesLine campaign={c} list={list} isChoosing={choosing} />}
      <NominationTable campaign={c} {...(choosing ? { chosen, onChosen: setChosen } : {})} />
      <JurorsCard campaign={c} />
    </>
  )
}

/** What the reader has to know of where it stands. */
function Told({ campaign: c }: { campaign: Campaign }) {
  const notice = c.noticeId && (
    <a href={`${paths.publicNotices}/${c.noticeId}`} target="_blank" rel="noreferrer">
      看公示页
    </a>
  )
  if (c.state === 'notice')
    return (
      <Alert
        className="honour-told"
        style={{ marginBottom: 16 }}
        type={c.noticeState === 'blocked' ? 'warning' : 'info'}
        showIcon
        title={
          c.noticeState === 'open'
            ? `拟表彰名单公示到 ${longDay(c.noticeClosesOn!)}，次日起可以表彰`
            : c.noticeState === 'blocked'
              ? '公示期已到，异议还没有全部答复（或异议全部成立），答复后才能表彰'
              : '公示期满，可以表彰；异议成立的不在其内'
        }
        description={notice}
      />
    )
  if (c.state === 'granted')
    return (
      <Alert
        style={{ marginBottom: 16 }}
        type="success"
        showIcon
        title={`${longDay(c.grantedOn!)}以“${c.docNo}”表彰，荣誉记录已生成并计数`}
        description={notice}
      />
    )
  if (c.reason && (c.state === 'cancelled' || c.state === 'jury'))
    return (
      <Alert
        style={{ marginBottom: 16 }}
        type="warning"
        showIcon
        title={c.state === 'cancelled' ? `已取消：${c.reason}` : `名单退回重新评审：${c.reason}`}
      />
    )
  return null
}
