import { UploadOutlined } from '@ant-design/icons'
import { App, Button, Upload } from 'antd'
import type * as z from 'zod/mini'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { useFailed } from './failed.ts'

type Answered = { again: number; faults: readonly { row: number; message: string }[] }

type AnswerUploadProps<T> = {
  label: string
  accept?: string
  path: string
  schema: z.ZodMiniType<T>
  /** What was taken, in words; what had been taken before is told besides. */
  told: (answer: T) => string
}

/** Takes an answer file back in, and says line by line what was not taken. */
export function AnswerUpload<T extends Answered>({
  label,
  accept = '.xlsx',
  path,
  schema,
  told,
}: AnswerUploadProps<T>) {
  const { modal } = App.useApp()
  const failed = useFailed()
  const act = useAct(
    (file: File, key) => call(path, schema, { method: 'PUT', file, key }),
    (answer) => {
      const taken = `${told(answer)}${answer.again > 0 ? `，以前已导入 ${answer.again}` : ''}`
      if (answer.faults.length === 0) void modal.success({ title: '已导入', content: taken })
      else
        void modal.warning({
          title: `${answer.faults.length} 行没有导入，其余已导入`,
          content: (
            <>
              <p>{taken}</p>
              <ul>
                {answer.faults.slice(0, 20).map(({ row, message }) => (
                  <li key={row}>{`第 ${row} 行：${message}`}</li>
                ))}
              </ul>
            </>
          ),
        })
    },
    failed,
  )
  return (
    <Upload
      accept={accept}
      showUploadList={false}
      disabled={act.busy}
      customRequest={({ file }) => act.run(file as File)}
    >
      <Button icon={<UploadOutlined />} loading={act.busy}>
        {label}
      </Button>
    </Upload>
  )
}
