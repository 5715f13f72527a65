import './bulletin.css'
import { getRouteApi } from '@tanstack/react-router'
import { Button, Tabs, Tag } from 'antd'
import { useState } from 'react'
import { bulletinList, type Bulletin, type BulletinBox } from '#bulletin/api.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { formatInstant } from '../format.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { isReviewing } from '../shell/menu.ts'
import { bulletinApi } from './addresses.ts'
import { NoteButton, SentBar } from './bars.tsx'
import { FileList } from './files.tsx'
import { PublishModal } from './publishModal.tsx'
import { CutNote } from '../kit/cutNote.tsx'

const route = getRouteApi(paths.bulletins)

const labels: Record<BulletinBox, string> = { received: '收到的', sent: '本单位发布的' }
const blanks: Record<BulletinBox, string> = {
  received: '上级没有正在通知的事项',
  sent: '本单位还没有发布过公告',
}

/** 通知公告: what those above tell her unit, and what her unit tells those below. */
export function BulletinsPage() {
  const { post } = useMe()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [writing, setWriting] = useState(false)
  const boxes: BulletinBox[] = !isReviewing(post.org.tier)
    ? ['received']
    : post.org.tier === 'city'
      ? ['sent']
      : ['received', 'sent']
  const box = search.box && boxes.includes(search.box) ? search.box : boxes[0]!
  const query = useApi(bulletinApi.list(box), bulletinList, { keep: true })
  const mayWrite = boxes.includes('sent') && post.role === 'cadre'
  const open = (id: string | undefined) =>
    void navigate({ search: { box, ...(id ? { id } : {}) }, replace: true })
  return (
    <>
      <PageHead
        title="通知公告"
        sub={
          mayWrite
            ? '发给本单位以下的各单位；只看哪些单位阅知，不看个人'
            : '上级发来的通知，看过后按一下“本单位已阅知”'
        }
        extra={
          mayWrite && (
            <Button type="primary" onClick={() => setWriting(true)}>
              发布公告
            </Button>
          )
        }
      />
      <section className="bulletins">
        {boxes.length > 1 && (
          <Tabs
            activeKey={box}
            onChange={(key) => void navigate({ search: { box: key as BulletinBox } })}
            items={boxes.map((key) => ({ key, label: labels[key] }))}
          />
        )}
        <Loaded query={query}>
          {(list) =>
            list.length === 0 ? (
              <Blank why={blanks[box]} />
            ) : (
              <ul>
                {list.map((one) => (
                  <Item
                    key={one.id}
                    bulletin={one}
                    isOpen={search.id === one.id}
                    onOpen={() => open(search.id === one.id ? undefined : one.id)}
                  />
                ))}
              </ul>
            )
          }
        </Loaded>
        <CutNote list="bulletins" count={query.data?.length} />
      </section>
      {writing && <PublishModal onClose={() => setWriting(false)} />}
    </>
  )
}

type ItemProps = { bulletin: Bulletin; isOpen: boolean; onOpen: () => void }

function Item({ bulletin, isOpen, onOpen }: ItemProps) {
  const { post } = useMe()
  const { id, title, body, issuer, publishedAt, validUntil, isOver, isRead } = bulletin
  return (
    <li>
      <button type="button" className="bulletin-head" aria-expanded={isOpen} onClick={onOpen}>
        <b>{title}</b>
        <span className="bulletin-tags">
          {isOver && <Tag>已结束</Tag>}
          {isRead === false && <Tag color="gold">未阅知</Tag>}
          {isRead === true && <Tag color="green">已阅知</Tag>}
        </span>
        <small>
          <span>{issuer.shortName}</span>
          <span className="num">{formatInstant(publishedAt)}</span>
          <span className="num">有效至 {validUntil}</span>
          {bulletin.files.length > 0 && <span className="num">附件 {bulletin.files.length} 个</span>}
        </small>
      </button>
      {isOpen && (
        <div className="bulletin-body">
          <p>{body}</p>
          <FileList id={id} files={bulletin.files} />
          {isRead === false && post.role === 'cadre' && <NoteButton id={id} />}
          {bulletin.units !== null && <SentBar bulletin={bulletin} mayAct={post.role === 'cadre'} />}
        </div>
      )}
    </li>
  )
}
