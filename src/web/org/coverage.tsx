import { Card } from 'antd'
import type { OrgDetail } from '#org/api.ts'
import { formation } from './committee.ts'

/** How far the units below have formed their women's committees: rate with its two numbers. */
export function Coverage({ below }: { below: OrgDetail['below'] }) {
  const { rate, formed, missing, sentence } = formation(below)
  return (
    <Card
      size="small"
      title={`下级 ${below.units} 个单位，其中基层 ${below.grassroots} 个`}
      className="org-coverage"
    >
      <div className="coverage-line">
        <div className="coverage-rate">
          <b>{rate}</b>
          <span>
            组建率
            <br />
            {formed} / {below.due}
          </span>
        </div>
        <div className="coverage-bar">
          <div aria-hidden="true">
            <i className="is-formed" style={{ flexGrow: formed }} />
            <i className="is-missing-bar" style={{ flexGrow: missing }} />
          </div>
          <p>{sentence}</p>
        </div>
      </div>
    </Card>
  )
}
