import { FileWordOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { formsFor, type FormLayout } from '#paper/form/layout.ts'
import { forms } from '#programmes/forms.ts'
import type { RecordDetail } from '#record/api.ts'
import { callFile } from '../api/client.dom.ts'
import { Failure } from '../kit/states.tsx'
import { save } from '../my/save.dom.ts'
import { api } from '../paths.ts'

/** The seal-ready forms of a record, filled from it: one press, one Word file. */
export function FormButtons({ detail }: { detail: RecordDetail }) {
  const print = useMutation({
    mutationFn: async ({ key, title }: FormLayout) => {
      const file = await callFile(api.recordForm(detail.programme, detail.id, key), { method: 'POST' })
      save(`${title}_${detail.title}.docx`, file)
    },
  })
  const offered = formsFor(forms[detail.programme] ?? [], detail.body)
  if (offered.length === 0) return null
  return (
    <div className="record-forms">
      {offered.map((form) => (
        <Button
          key={form.key}
          size="small"
          icon={<FileWordOutlined />}
          loading={print.isPending && print.variables.key === form.key}
          onClick={() => print.mutate(form)}
        >
          下载{form.title}
        </Button>
      ))}
      {print.error && <Failure error={print.error} />}
    </div>
  )
}
