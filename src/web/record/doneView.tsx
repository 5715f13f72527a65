import { CheckCircleFilled } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Flex } from 'antd'
import type { Programme } from '#kit/programme.ts'
import type { Written } from '#record/api.ts'
import { paths } from '../paths.ts'
import type { Opened } from './opening.dom.ts'

type DoneViewProps = { programme: Programme; opened: Opened; result: Written }

/** After sending: who has it now, and what she can do next. */
export function DoneView({ programme, opened, result }: DoneViewProps) {
  const correcting = opened.kind === 'correction'
  const params = { programme: programme.key }
  return (
    <section className="done-view">
      <CheckCircleFilled className="done-mark" />
      <h1>{correcting ? '更正已提交' : '已提交'}</h1>
      <p>{result.turnOf ? `现由${result.turnOf.name}审核` : '现在等待审核'}</p>
      <p className="done-next">
        {correcting
          ? '审核通过以前数字仍按原值计；通过后原值留在变更记录里。'
          : '审核通过后，数字当时计入各级指标；如需修改，会退回到您的待办，并写明哪一处要改。'}
      </p>
      <Flex gap={10} justify="center" wrap>
        <Link to={paths.form} params={params} search={{}}>
          <Button type="primary">再填一条</Button>
        </Link>
        {!correcting && (
          <Link to={paths.form} params={params} search={{ from: result.id }}>
            <Button>照这条再填</Button>
          </Link>
        )}
        <Link to={paths.records} params={params} search={{ id: result.id }}>
          <Button>查看这条</Button>
        </Link>
        <Link to={paths.inbox}>
          <Button>回到待办</Button>
        </Link>
      </Flex>
    </section>
  )
}
