import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { answered, type RoundDetail } from '#screening/api.ts'
import { callFile } from '../api/client.dom.ts'
import { AnswerUpload } from '../kit/answerUpload.tsx'
import { useFailed } from '../kit/failed.ts'
import { save } from '../my/save.dom.ts'
import { screeningApi } from './addresses.ts'

/** 与医院交接: the list out, attendance back by code. */
export function HospitalCard({ round: r }: { round: RoundDetail }) {
  const failed = useFailed()
  const download = useMutation({
    mutationFn: async (hospital: string) =>
      save(
        `${r.title}_${hospital}_预约名单.xlsx`,
        await callFile(screeningApi.list(r.id), { method: 'POST', body: { hospital } }),
      ),
    onError: failed,
  })
  const hospitals = [...new Set(r.days.map((day) => day.hospital))].map((hospital) => ({
    hospital,
    taken: r.days.filter((day) => day.hospital === hospital).reduce((sum, day) => sum + (day.taken ?? 0), 0),
  }))
  return (
    <section className="hardship-card">
      <div className="hardship-head">
        <h2>与医院交接</h2>
        <AnswerUpload
          label="导入到检"
          accept=".xlsx,.csv"
          path={screeningApi.attendance(r.id)}
          schema={answered}
          told={(a) =>
            `到检 ${a.attended} 人，未到 ${a.missed} 人${a.followUps > 0 ? `，请本人联系医院 ${a.followUps} 人` : ''}`
          }
        />
      </div>
      <p className="hardship-text hardship-aside">
        名单只有姓名、手机号码、预约编码和日期；每次下载都留痕，她本人查得到。医院在原表填“到检”和“请本人联系医院”两栏后导入；多出任何一栏，整份不收。
      </p>
      <ul className="act-list">
        {hospitals.map(({ hospital, taken }) => (
          <li key={hospital}>
            <span>
              <b>{hospital}</b> <span className="hardship-aside">{`已约 ${taken} 人`}</span>
            </span>
            <Button
              size="small"
              aria-label={`下载预约名单 ${hospital}`}
              disabled={taken === 0}
              loading={download.isPending && download.variables === hospital}
              onClick={() => download.mutate(hospital)}
            >
              下载预约名单
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
