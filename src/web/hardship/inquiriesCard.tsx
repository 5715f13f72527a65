import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { answered, inquirySheets } from '#hardship/api.ts'
import { longDay } from '#kit/day.ts'
import { callFile } from '../api/client.dom.ts'
import { useApi } from '../api/hooks.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { save } from '../my/save.dom.ts'
import { hardshipApi } from './addresses.ts'
import { AnswerUpload } from '../kit/answerUpload.tsx'
import { useFailed } from '../kit/failed.ts'
import { CutNote } from '../kit/cutNote.tsx'

/** What went to civil affairs and what came back. */
export function InquiriesCard() {
  const query = useApi(hardshipApi.inquiries, inquirySheets)
  const failed = useFailed()
  const download = useMutation({
    mutationFn: async (id: string) =>
      save('家庭经济状况核对.xlsx', await callFile(hardshipApi.inquiryFile(id), { method: 'POST' })),
    onError: failed,
  })
  return (
    <section className="hardship-card">
      <div className="hardship-head">
        <h2>收入核对</h2>
        <AnswerUpload
          label="导入核对结果"
          path={hardshipApi.inquiries}
          schema={answered}
          told={(a) => `相符 ${a.taken}，不符退回 ${a.failed}`}
        />
      </div>
      <p className="hardship-text hardship-aside">
        核对名单只有编码、姓名、证件号码和授权日期，请按保密要求送民政部门；填好“核对结果”后原表导入，重复导入不会改变结果。
      </p>
      <Loaded query={query} rows={2}>
        {(sheets) =>
          sheets.length === 0 ? (
            <Blank why="还没有送出的核对名单：先在上方选“待核对收入”，勾选后送核对" />
          ) : (
            <ul className="act-list">
              {sheets.map((sheet) => (
                <li key={sheet.id}>
                  <div>
                    <b className="num">{longDay(sheet.askedOn)}</b> 送出{' '}
                    <span className="num">{sheet.count}</span> 户
                    <p>
                      {`${sheet.askedBy} · ${sheet.waiting > 0 ? `待回 ${sheet.waiting} 户` : '已全部回复'}`}
                      {sheet.differs > 0 && ` · 不符 ${sheet.differs} 户`}
                    </p>
                  </div>
                  {sheet.waiting > 0 && (
                    <Button
                      aria-label={`下载核对名单 ${longDay(sheet.askedOn)}`}
                      loading={download.isPending && download.variables === sheet.id}
                      onClick={() => download.mutate(sheet.id)}
                    >
                      下载核对名单
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <CutNote list="hardshipInquiries" count={query.data?.length} />
    </section>
  )
}
