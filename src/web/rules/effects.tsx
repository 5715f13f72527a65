import { Alert } from 'antd'
import type { RuleEffects } from '#rules/tablesApi.ts'

/** What a version would change: its values, and what stands in the system. */
export function Effects({ effects: { changes, effects, warnings } }: { effects: RuleEffects }) {
  return (
    <div className="rules-effects">
      {changes.length === 0 ? (
        <Alert type="warning" showIcon title="各项数值与现行版本相同" />
      ) : (
        <Pairs title="数值变动" list={changes} />
      )}
      {effects.length > 0 && <Pairs title="对现有数据的影响" list={effects} />}
      {warnings.map((text) => (
        <Alert key={text} type="warning" showIcon title={text} />
      ))}
    </div>
  )
}

function Pairs({ title, list }: { title: string; list: RuleEffects['changes'] }) {
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{title}</th>
          <th>现行</th>
          <th>新版本</th>
        </tr>
      </thead>
      <tbody>
        {list.map(({ label, before, after }) => (
          <tr key={label}>
            <td>{label}</td>
            <td className="num">{before}</td>
            <td className="num">
              <b>{after}</b>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
