import './event.css'
import { Button } from 'antd'
import { publicDraw, type PublicDraw } from '#signup/api.ts'
import { useApi } from '../api/hooks.tsx'
import { Loaded } from '../kit/states.tsx'
import { saveJson } from '../my/save.dom.ts'
import { PublicFrame } from '../publicNotice/frame.tsx'
import { eventApi } from './addresses.ts'
import { at } from './times.ts'

/** 抽签公开材料 for anybody: what was promised, the frozen list, what the seed was made of, and how to recompute it. */
export function DrawPage({ id }: { id: string }) {
  const query = useApi(eventApi.publicDraw(id), publicDraw)
  return (
    <PublicFrame
      title={query.data ? `抽签：${query.data.title}` : '抽签公开材料'}
      sub="下面的材料谁都可以下载复算。名单里只有抽签编号，没有姓名；各人的编号在本人的“我的活动”里。"
    >
      <Loaded query={query}>{(draw) => <Material draw={draw} />}</Loaded>
    </PublicFrame>
  )
}

function Material({ draw }: { draw: PublicDraw }) {
  const count = (draw.list ?? '').split('\n').filter((line) => line !== '').length
  const lines: [string, string | null][] = [
    ['主办', draw.org],
    ['报名截止', at(draw.closesAt)],
    ['密数的摘要（发布时公布）', draw.secretHash],
    ['公开数值的来源（发布时约定）', draw.source || '不用，截止时自动抽签'],
    ['名单固定', draw.frozenAt && `${at(draw.frozenAt)}，${count} 个编号，名额 ${draw.places} 个`],
    ['名单的摘要（截止时公布）', draw.listHash],
    ['公开数值', draw.publicValue === '' ? '不用' : draw.publicValue],
    ['密数（抽签后公布）', draw.secret],
    ['种子', draw.seed],
    ['截止后放弃的编号', draw.withdrawn.length > 0 ? draw.withdrawn.join('、') : draw.drawnAt && '没有'],
    ['抽签', draw.drawnAt && at(draw.drawnAt)],
  ]
  return (
    <>
      <dl className="draw-facts">
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value ?? '还没有'}</dd>
          </div>
        ))}
      </dl>
      {draw.drawnAt !== null && (
        <>
          <h2>中签编号（按签次）</h2>
          <p className="num draw-numbers">{draw.placed.length > 0 ? draw.placed.join('、') : '没有'}</p>
          <p>{draw.hasList ? '其余编号按签次列入候补，有人取消时依次递补。' : '没有候补。'}</p>
        </>
      )}
      <h2>怎样复算</h2>
      <ol className="draw-recipe">
        <li>密数的 SHA-256 等于发布时公布的摘要；名单的 SHA-256 等于截止时公布的摘要。</li>
        <li>种子 = HMAC-SHA256（密数，名单摘要后面接公开数值）。</li>
        <li>每个编号的次序 = HMAC-SHA256（种子，编号），从小到大排。</li>
        <li>按次序给名额：总名额和所在单位的名额都还有的得到，截止后放弃的跳过。</li>
      </ol>
      <p className="draw-files">
        <Button
          type="primary"
          disabled={draw.drawnAt === null}
          onClick={() => saveJson(`抽签材料-${draw.title}.json`, draw)}
        >
          下载材料
        </Button>{' '}
        <a href="/draw-check.mjs" download>
          下载复算程序
        </a>
        <span className="public-aside">（不到 40 行，用 Node 运行：node draw-check.mjs 抽签材料.json）</span>
      </p>
    </>
  )
}
