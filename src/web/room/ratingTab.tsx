import { Alert, App, Button, Card, Tag } from 'antd'
import { useState } from 'react'
import type { RoomDetail } from '#programmes/careRoom/api.ts'
import {
  acts,
  ratingWords,
  subsidySteps,
  subsidyWords,
  type Act,
  type RatingState,
} from '#programmes/careRoom/rating.ts'
import { ratings as ratingsSchema, type Rating, type Ratings } from '#programmes/careRoom/ratingApi.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { Blank, Loaded } from '../kit/states.tsx'
import { roomApi } from './addresses.ts'
import { ApplyModal, RatingActModal, SubsidyModal, type MoneyAct } from './ratingModals.tsx'
import { ScoreSheet } from './scoreSheet.tsx'
import { VisitsCard } from './visitsCard.tsx'
import { CutNote } from '../kit/cutNote.tsx'

const colors: Readonly<Record<RatingState, string>> = {
  self: 'default',
  district: 'blue',
  city: 'blue',
  notice: 'gold',
  granted: 'green',
  refused: 'red',
  withdrawn: 'default',
  ended: 'red',
}

type Opened =
  | { kind: 'apply' }
  | { kind: 'act'; rating: Rating; act: Act }
  | { kind: 'money'; id: string; act: MoneyAct }
  | null

/** Ranks, visits and money of a room. */
export function RatingTab({ detail }: { detail: RoomDetail }) {
  const query = useApi(roomApi.ratings(detail.room.id), ratingsSchema)
  return <Loaded query={query}>{(found) => <Ranks id={detail.room.id} found={found} />}</Loaded>
}

function Ranks({ id, found }: { id: string; found: Ratings }) {
  const [opened, setOpened] = useState<Opened>(null)
  const close = () => setOpened(null)
  const apply = found.may.apply && (
    <Button type="primary" onClick={() => setOpened({ kind: 'apply' })}>
      申报级别
    </Button>
  )
  return (
    <>
      {found.ratings.length === 0 ? (
        <Card size="small">
          <Blank why="还没有申报过级别；由关爱室所在单位自评申报，区县推荐，市级走访、公示后挂牌">
            {apply}
          </Blank>
        </Card>
      ) : (
        <>
          {apply && <div className="room-apply">{apply}</div>}
          {found.ratings.map((rating) => (
            <RatingCard key={rating.id} rating={rating} mayPay={found.may.pay} onOpen={setOpened} />
          ))}
          <CutNote list="careRoomRatings" count={found.ratings.length} />
        </>
      )}
      <VisitsCard id={id} found={found} />
      {opened?.kind === 'apply' && <ApplyModal id={id} offered={found.offered} onClose={close} />}
      {opened?.kind === 'act' && <RatingActModal rating={opened.rating} act={opened.act} onClose={close} />}
      {opened?.kind === 'money' && <SubsidyModal id={opened.id} act={opened.act} onClose={close} />}
    </>
  )
}

type RatingCardProps = { rating: Rating; mayPay: boolean; onOpen: (what: Opened) => void }

const noticeWords = { open: '公示中', blocked: '异议未了', passed: '公示期满', withdrawn: '已撤下' } as const

function RatingCard({ rating, mayPay, onOpen }: RatingCardProps) {
  const { grade, state, notice, plaqueNo, grantedOn, reason } = rating
  return (
    <Card
      size="small"
      className="room-rating"
      title={
        <>
          {grade} <Tag color={colors[state]}>{ratingWords[state]}</Tag>
        </>
      }
      extra={<small className="num">{rating.appliedOn} 申报</small>}
    >
      {reason !== '' && <Alert className="room-alert" type="info" showIcon title={`说明：${reason}`} />}
      {notice && (
        <p>
          {noticeWords[notice.state]}，到 <span className="num">{notice.closesOn}</span> 为止{' '}
          <a className="link" href={`/public-notices/${notice.id}`} target="_blank" rel="noreferrer">
            看公示
          </a>
        </p>
      )}
      {grantedOn && (
        <p>
          挂牌日期 <span className="num">{grantedOn}</span>，牌匾编号 {plaqueNo}
        </p>
      )}
      <ScoreSheet key={`${rating.id} ${rating.version}`} rating={rating} />
      {rating.acts.length > 0 && (
        <div className="room-acts">
          {rating.acts.map((act) => (
            <Button
              key={act}
              type={'asks' in acts[act] ? 'default' : 'primary'}
              onClick={() => onOpen({ kind: 'act', rating, act })}
            >
              {acts[act].label}
            </Button>
          ))}
        </div>
      )}
      <Subsidy rating={rating} mayPay={mayPay} onOpen={onOpen} />
    </Card>
  )
}

/** What the plaque brought: who had it in hand, and the next hand. */
function Subsidy({ rating, mayPay, onOpen }: RatingCardProps) {
  const { message } = App.useApp()
  const { subsidy, claimable } = rating
  const enter = useAct(
    (_: null, key) => call(roomApi.subsidy(rating.id), anything, { method: 'POST', key, body: {} }),
    () => void message.success('补助已录入，请另一人复核'),
    (error) => void message.error(toProblem(error).message),
  )
  if (!subsidy && claimable === null) return null
  const next = (Object.keys(subsidySteps) as (keyof typeof subsidySteps)[]).find(
    (step) => subsidySteps[step].from === subsidy?.state,
  )
  return (
    <section className="room-money">
      <h3>补助</h3>
      {subsidy && (
        <>
          <p>
            <b className="num">{subsidy.amount.toLocaleString('zh-CN')} 元</b>{' '}
            <Tag color={subsidy.state === 'paid' ? 'green' : 'blue'}>{subsidyWords[subsidy.state]}</Tag>
            <small className="room-under">依据 {subsidy.basis}</small>
          </p>
          <ol>
            {subsidy.steps.map(({ label, by, on }) => (
              <li key={label}>
                {label} {by} <span className="num">{on}</span>
              </li>
            ))}
          </ol>
          {subsidy.voucher && <p>支付凭证 {subsidy.voucher}</p>}
          {subsidy.reason && <p>退回理由：{subsidy.reason}</p>}
          {mayPay && next && (
            <div className="room-acts">
              <Button type="primary" onClick={() => onOpen({ kind: 'money', id: subsidy.id, act: next })}>
                {subsidySteps[next].label}补助
              </Button>
              <Button onClick={() => onOpen({ kind: 'money', id: subsidy.id, act: 'refuse' })}>
                不予补助
              </Button>
            </div>
          )}
        </>
      )}
      {mayPay && claimable !== null && (
        <Button loading={enter.busy} onClick={() => enter.run(null)}>
          录入补助 {claimable.toLocaleString('zh-CN')} 元
        </Button>
      )}
    </section>
  )
}
