import { handlers } from '#screening/api.ts'
import { duties, dutyWords } from '#screening/states.ts'
import { useApi } from '../api/hooks.tsx'
import { NamedHandlers, NameHandler } from '../kit/handlers.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { screeningApi } from './addresses.ts'

/** 经办人: who deals with the hospital and who follows up, named by another person for this round alone. */
export function HandlersCard({ id }: { id: string }) {
  const query = useApi(screeningApi.handlers(id), handlers)
  return (
    <section className="hardship-card">
      <h2>经办人</h2>
      <p className="hardship-text hardship-aside">
        “名单和到检”下载给医院的名单、导入到检；“随访”看得到谁需要联系医院。只在本轮次有效，不能指定自己；列名单的人不能导入同一批到检。
      </p>
      <Loaded query={query} rows={2}>
        {(list) => (
          <>
            <div className="hardship-bar">
              <NameHandler
                path={screeningApi.handlers(id)}
                offered={list.offered}
                duties={duties}
                words={dutyWords}
              />
            </div>
            {list.rows.length === 0 ? (
              <Blank why="还没有指定经办人" />
            ) : (
              <NamedHandlers
                rows={list.rows.map((one) => ({ ...one, duty: dutyWords[one.duty] }))}
                path={screeningApi.handler}
              />
            )}
          </>
        )}
      </Loaded>
    </section>
  )
}
