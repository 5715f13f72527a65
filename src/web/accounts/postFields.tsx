import { DatePicker, Form, Select } from 'antd'
import type { Dayjs } from 'dayjs'
import { givenRoles, roleLabels, type NewPost } from '#identity/api.ts'
import type { OrgBrief } from '#org/api.ts'
import { OrgPicker } from '../kit/orgPicker.tsx'
import { api } from '../paths.ts'

/** What the fields of a post hold while it is typed. */
export type PostValues = { org: OrgBrief[]; role: NewPost['role']; fromOn: Dayjs; untilOn?: Dayjs | null }

export const postOf = ({ org, role, fromOn, untilOn }: PostValues): NewPost => ({
  orgId: org[0]!.id,
  role,
  fromOn: fromOn.format('YYYY-MM-DD'),
  untilOn: untilOn ? untilOn.format('YYYY-MM-DD') : null,
})

type PickerProps = { id?: string; value?: OrgBrief[]; onChange?: (orgs: OrgBrief[]) => void }

/** The picker as a field of a form: the form gives value and onChange. */
const UnitField = ({ id, value = [], onChange = () => undefined }: PickerProps) => (
  <OrgPicker {...(id ? { id } : {})} value={value} onChange={onChange} addressOf={api.accountOrgs} />
)

/** Unit, role and days of a post. */
export function PostFields() {
  return (
    <>
      <Form.Item
        label="单位"
        name="org"
        rules={[{ required: true, type: 'array', min: 1, message: '请选择单位' }]}
      >
        <UnitField />
      </Form.Item>
      <Form.Item
        label="岗位"
        name="role"
        extra="街道及以上的岗位、领导、专办和三员，由安全管理员批准后生效"
        rules={[{ required: true, message: '请选择岗位' }]}
      >
        <Select options={givenRoles.map((value) => ({ value, label: roleLabels[value] }))} />
      </Form.Item>
      <Form.Item label="起始日" name="fromOn" rules={[{ required: true, message: '请选择起始日' }]}>
        <DatePicker className="full" />
      </Form.Item>
      <Form.Item label="最后一天" name="untilOn" extra="不填则一直有效，离任时再结束">
        <DatePicker className="full" />
      </Form.Item>
    </>
  )
}
