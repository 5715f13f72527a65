import { Alert } from 'antd'
import { hotlines } from '#silo/kinds.ts'

const Numbers = () => (
  <>
    {hotlines.map(({ number, name }, n) => (
      <span key={number}>
        {n > 0 && ' · '}
        <a href={`tel:${number}`}>{number}</a> {name}
      </span>
    ))}
  </>
)

/** Numbers that help at once; louder where the text speaks of danger. */
export const Hotlines = ({ urgent, sent = false }: { urgent: boolean; sent?: boolean }) =>
  urgent ? (
    <Alert
      type="error"
      showIcon
      role="alert"
      title="您写的内容提到了危险。如果正在发生或可能马上发生，请先打电话："
      description={
        <>
          <Numbers />
          <br />
          {sent
            ? '这里不是即时值守；已列为紧急，并通知了负责人。'
            : '这里不是即时值守，提交后会列为紧急并立即通知负责人。'}
        </>
      }
    />
  ) : (
    <p className="public-aside">
      情况紧急请直接打电话：
      <Numbers />
    </p>
  )
