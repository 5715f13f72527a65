import { Tag } from 'antd'
import { openClasses } from '#childcare/api.ts'
import { useApi } from '../api/hooks.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { PublicFrame } from '../publicNotice/frame.tsx'
import { childcareApi } from './addresses.ts'

/** 托管班 for anybody: published, and lacking nothing today. */
export function OpenChildcarePage() {
  const query = useApi(childcareApi.open, openClasses)
  return (
    <PublicFrame
      title="职工子女托管班"
      sub="工会开办的托管班。工作人员的入职查询和安全材料都在有效期内的才列在这里；报名请联系办班单位的工会。"
    >
      <Loaded query={query}>
        {(list) =>
          list.length === 0 ? (
            <Blank why="现在没有公布的托管班" />
          ) : (
            <ul className="public-list">
              {list.map((one) => (
                <li key={one.id}>
                  <div>
                    <b>{one.title}</b> <span className="public-aside">{one.orgName}</span>
                    <div>{`${one.place} · ${one.hours}`}</div>
                    <div className="public-aside">{`${one.fromOn} 至 ${one.untilOn} · ${one.season} · 托位 ${one.places} 个`}</div>
                  </div>
                  <span>
                    <Tag color={one.isFull ? 'default' : 'green'}>{one.isFull ? '已满' : '还有余位'}</Tag>
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <p>
        <a href={paths.publicNotices}>公示</a> · <a href={paths.honourRoll}>荣誉册</a>
      </p>
    </PublicFrame>
  )
}
