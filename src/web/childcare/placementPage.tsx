import '../event/event.css'
import { Button } from 'antd'
import { levelWords, publicRound, type PublicRound } from '#childcare/roundApi.ts'
import { useApi } from '../api/hooks.tsx'
import { at } from '../event/times.ts'
import { Loaded } from '../kit/states.tsx'
import { saveJson } from '../my/save.dom.ts'
import { PublicFrame } from '../publicNotice/frame.tsx'
import { childcareApi } from './addresses.ts'

/** 托管班名额分配的公开材料 for anybody: what was promised, the frozen list, the result, and how to recompute it. */
export function PlacementPage({ id }: { id: string }) {
  const query = useApi(childcareApi.openRound(id), publicRound)
  return (
    <PublicFrame
      title={query.data ? `名额分配：${query.data.title}` : '托管班名额分配'}
      sub="下面的材料谁都可以下载复算。名单里只有编号，没有姓名；各人的编号在本人的“托管班”里。"
    >
      <Loaded query={query}>{(round) => <Material round={round} />}</Loaded>
    </PublicFrame>
  )
}

const linesOf = (text: string | null) => (text ?? '').split('\n').filter((line) => line !== '')

function Material({ round }: { round: PublicRound }) {
  const facts: [string, string | null][] = [
    ['主办', round.org],
    ['填报截止', at(round.closesAt)],
    ...(round.reason === null ? [] : [['已取消', round.reason] satisfies [string, string]]),
    ['密数的摘要（发布时公布）', round.secretHash],
    ['公开数值的来源（发布时约定）', round.source],
    ['名单固定', round.frozenAt && `${at(round.frozenAt)}，${linesOf(round.list).length} 个孩子`],
    ['名单的摘要（固定时公布）', round.listHash],
    ['公开数值', round.publicValue],
    ['密数（分配后公布）', round.secret],
    ['种子', round.seed],
    ['分配', round.placedAt && at(round.placedAt)],
    ...(round.withdrawn ? [['名单固定后退出的编号', round.withdrawn] satisfies [string, string]] : []),
  ]
  const got = linesOf(round.result).map((line) => line.split(' '))
  return (
    <>
      <dl className="draw-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value ?? '还没有'}</dd>
          </div>
        ))}
      </dl>
      {round.rooms.map(({ n, title, places }) => {
        const numbers = got.filter(([, to]) => Number(to) === n).map(([number]) => number)
        return (
          <section key={n}>
            <h2>{`${n}. ${title}（${places} 个名额）`}</h2>
            {round.placedAt !== null && (
              <p className="num draw-numbers">{numbers.length > 0 ? numbers.join('、') : '没有'}</p>
            )}
          </section>
        )
      })}
      <h2>怎样分配、怎样复算</h2>
      <ol className="draw-recipe">
        <li>密数的 SHA-256 等于发布时公布的摘要；名单的 SHA-256 等于固定时公布的摘要。</li>
        <li>
          种子 = HMAC-SHA256（密数，名单摘要后面接公开数值）；每个编号的签 = HMAC-SHA256（种子，编号）。
        </li>
        <li>{`级别：${levelWords.map((words, n) => `${n + 1} ${words}`).join('；')}。优先指在册困难职工或新就业形态，名单不分是哪一种；优先的家庭不到 11 个时不标，全部按“其他”排。由名册和困难档案核对，不由本人填。`}</li>
        <li>
          每个孩子先投第一志愿；班级按级别、同级按签从小到大暂留，满了退出最后一名；退出的再投下一志愿，直到没有可投的。
        </li>
        <li>
          这样分出来，没有一个孩子会比班里排在后面的人更该进那个班（名单固定后退出的不算）；照真实想法排志愿，不会吃亏。
        </li>
      </ol>
      <p className="draw-files">
        <Button
          type="primary"
          disabled={round.placedAt === null}
          onClick={() => saveJson(`分配材料-${round.title}.json`, round)}
        >
          下载材料
        </Button>{' '}
        <a href="/placement-check.mjs" download>
          下载复算程序
        </a>
        <span className="public-aside">
          （约 40 行，用 Node 运行：node placement-check.mjs 分配材料.json）
        </span>
      </p>
    </>
  )
}
