import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { burden, type BurdenAsked } from '#task/api.ts'
import { call } from '../api/client.dom.ts'
import { effortText, formatCount } from '../format.ts'
import { taskApi } from './addresses.ts'

/** What a form costs the units before it is sent: fields known, fields to type, minutes; and what the system holds already. */
export function BurdenNote(given: BurdenAsked) {
  const { programme, questions, tiers } = given
  const asked = useDeferredValue(JSON.stringify(given))
  const ready = tiers.length > 0 && (programme !== null || questions.length > 0)
  const { data } = useQuery({
    queryKey: ['burden', asked],
    queryFn: ({ signal }) =>
      call(taskApi.burden, burden, { method: 'POST', body: JSON.parse(asked) as BurdenAsked, signal }),
    enabled: ready,
  })
  if (!ready || !data) return null
  const { units, fields, known, held, toFill, minutes, total, duplicates } = data
  return (
    <div className="task-burden" role="status">
      <div>
        要填 <b className="num">{formatCount(units)}</b> 个单位；必填 {fields} 项，系统已有 {held} 项
        {held > known && `（其中 ${known} 项多数单位会自动填好）`}，需填 <b className="num">{toFill}</b>{' '}
        项，每家{effortText(minutes)}，合计{effortText(total)}
      </div>
      {duplicates.map((one) => (
        <div key={one.question} className="form-warning">
          第 {one.question + 1} 问：系统里已有“{one.label}”（{one.where}），不必再问
        </div>
      ))}
    </div>
  )
}
