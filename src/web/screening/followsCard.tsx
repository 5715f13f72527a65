import { App, Button } from 'antd'
import { follows } from '#screening/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { useFailed } from '../kit/failed.ts'
import { Blank, Loaded } from '../kit/states.tsx'
import { screeningApi } from './addresses.ts'
import { CutNote } from '../kit/cutNote.tsx'

/** 随访: who is asked to call the hospital; whether she did is all that is noted. */
export function FollowsCard({ id }: { id: string }) {
  const { message } = App.useApp()
  const query = useApi(screeningApi.follows(id), follows)
  const failed = useFailed()
  const end = useAct(
    (entryId: string, key) =>
      call(screeningApi.follows(id), anything, { method: 'PUT', key, body: { entryId } }),
    () => void message.success('已登记'),
    failed,
  )
  return (
    <section className="hardship-card">
      <h2>请本人联系医院</h2>
      <p className="hardship-text hardship-aside">
        只有您和其他随访经办人看得到。通知时只说“请联系医院”，结果由医院告诉她本人；这里不写原因。
      </p>
      <Loaded query={query} rows={2}>
        {(list) =>
          list.length === 0 ? (
            <Blank why="没有需要联系医院的人" />
          ) : (
            <ul className="act-list">
              {list.map((one) => (
                <li key={one.entryId}>
                  <span>
                    <b>{one.name}</b>{' '}
                    <span className="hardship-aside">
                      {`${one.org.shortName} · ${one.hospital ?? '医院未登记'} · ${one.toldOn} 登记`}
                    </span>
                  </span>
                  {one.closedOn ? (
                    <span className="hardship-aside num">{`${one.closedOn} 已联系`}</span>
                  ) : (
                    <Button
                      size="small"
                      aria-label={`本人已联系 ${one.name}`}
                      loading={end.busy}
                      onClick={() => end.run(one.entryId)}
                    >
                      本人已联系
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <CutNote list="screeningFollows" count={query.data?.length} />
    </section>
  )
}
