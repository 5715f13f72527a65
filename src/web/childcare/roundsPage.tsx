import '../hardship/hardship.css'
import './childcare.css'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { roundList, roundStateWords, type RoundState } from '#childcare/roundApi.ts'
import { boundWords, bounds } from '#kit/bounds.ts'
import { useApi } from '../api/hooks.tsx'
import { at } from '../event/times.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { childcareApi } from './addresses.ts'
import { RoundDrawer } from './roundDrawer.tsx'
import { RoundModal } from './roundModal.tsx'

export const roundColors: Readonly<Record<RoundState, string>> = {
  draft: 'default',
  open: 'green',
  frozen: 'gold',
  placed: 'blue',
  cancelled: 'default',
}

/** 托管班报名: families rank classes, places go by level and lot, once; names only of those who got a place in one's own class. */
export function ChildcareRoundsPage() {
  const query = useApi(childcareApi.rounds, roundList)
  const [open, setOpen] = useState<string | null>(null)
  const [isNew, setNew] = useState(false)
  return (
    <>
      <PageHead
        title="托管班报名"
        sub="家庭按先后填志愿，截止后按优先级别和公开抽签一次分配；名单只有编号，办班单位只看到分到本班的家庭"
        extra={
          <Button type="primary" disabled={!query.data} onClick={() => setNew(true)}>
            新建一轮
          </Button>
        }
      />
      <Loaded query={query}>
        {({ rows, offered }) => (
          <section className="hardship-card">
            {rows.length === 0 ? (
              <Blank why="还没有报名轮次。先公布托管班，再点“新建一轮”，把要一起报名的班放进来" />
            ) : (
              <ul className="round-list">
                {rows.map((one) => (
                  <li key={one.id}>
                    <button type="button" className="round-row" onClick={() => setOpen(one.id)}>
                      <b>{one.title}</b>{' '}
                      <Tag color={roundColors[one.state]}>{roundStateWords[one.state]}</Tag>
                      <span className="round-aside">
                        {`${one.org.shortName} · ${one.classes.length} 个班 · ${at(one.opensAt)} 至 ${at(one.closesAt)}`}
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            )}
            {rows.length >= bounds.childcareRounds.most && <p>{boundWords('childcareRounds')}</p>}
            {isNew && <RoundModal offered={offered} onClose={() => setNew(false)} onDone={setOpen} />}
          </section>
        )}
      </Loaded>
      {open !== null && <RoundDrawer id={open} onClose={() => setOpen(null)} />}
    </>
  )
}
