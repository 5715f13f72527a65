import { UploadOutlined } from '@ant-design/icons'
import { App, Button, Upload } from 'antd'
import { answered } from '#hardship/api.ts'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { useFailed } from './failed.ts'

type AnswerUploadProps = { label: string; path: string; words: { taken: string; failed: string } }

/** Takes an answer file back in, and says line by line what was not taken. */
export function AnswerUpload({ label, path, words }: AnswerUploadProps) {
  const { modal } = App.useApp()
  const failed = useFailed()
  const act = useAct(
    (file: File, key) => call(path, answered, { method: 'PUT', file, key }),
    (a) => {
      const told = `${words.taken} ${a.taken}，${words.failed} ${a.failed}${a.again > 0 ? `，以前已导入 ${a.again}` : ''}`
      if (a.faults.length === 0) void modal.success({ title: '已导入', content: told })
      else
        void modal.warning({
          title: `${a.faults.length} 行没有导入，其余已导入`,
          content: (
            <>
              <p>{told}</p>
              <ul>
                {a.faults.slice(0, 20).map(({ row, message }) => (
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
      accept=".xlsx"
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
