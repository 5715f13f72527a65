import './honour.css'
import { Input } from 'antd'
import { useState } from 'react'
import { publicStory, roll } from '#honour/registerApi.ts'
import { useApi } from '../api/hooks.tsx'
import { longDay } from '#kit/day.ts'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { PublicFrame } from '../publicNotice/frame.tsx'
import { honourApi } from './addresses.ts'

/** 荣誉册 for anybody: what was shown to all before it was granted. */
export function HonourRollPage() {
  const [q, setQ] = useState('')
  const query = useApi(honourApi.roll({ q: q || undefined }), roll, { keep: true })
  return (
    <PublicFrame title="荣誉册" sub="经公示后表彰的女职工先进；证书真伪请用“证书核验”。">
      <Input.Search
        className="honour-search"
        aria-label="姓名、单位或称号"
        placeholder="姓名、单位或称号"
        allowClear
        maxLength={40}
        onSearch={(to) => setQ(to.trim())}
      />
      <Loaded query={query}>
        {(list) =>
          list.length === 0 ? (
            <Blank why={q ? '没有找到' : '还没有公开的荣誉'} />
          ) : (
            <ul className="public-list" style={{ marginTop: 14 }}>
              {list.map((one) => (
                <li key={`${one.honoree} ${one.title} ${one.grantedOn}`}>
                  <div>
                    <b>{one.honoree}</b> <span className="public-aside">{one.employer}</span>
                    <div>
                      {one.title}
                      {one.story && (
                        <>
                          {' '}
                          · <a href={`${paths.honourRoll}/${one.story}`}>{one.honoree}的事迹</a>
                        </>
                      )}
                    </div>
                  </div>
                  <span className="public-aside">
                    {one.giver} · {longDay(one.grantedOn)}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <p>
        <a href={paths.publicNotices}>公示</a> · <a href={paths.check}>证书核验</a>
      </p>
    </PublicFrame>
  )
}

/** One story, for anybody, as long as she agrees. */
export function HonourStoryPage({ id }: { id: string }) {
  const query = useApi(honourApi.story(id), publicStory)
  return (
    <PublicFrame
      title={query.data?.title ?? '先进事迹'}
      {...(query.data
        ? { sub: `${query.data.honoree} · ${query.data.employer} · ${longDay(query.data.publishedOn)}发布` }
        : {})}
    >
      <Loaded query={query}>{(story) => <p className="honour-text">{story.body}</p>}</Loaded>
      <p>
        <a href={paths.honourRoll}>荣誉册</a>
      </p>
    </PublicFrame>
  )
}
