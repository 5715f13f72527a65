import { useMutation } from '@tanstack/react-query'
import { Button, Card, Flex, Table } from 'antd'
import { invitedList } from '#intake/api.ts'
import { call } from '../api/client.dom.ts'
import { realInstant } from '../format.ts'
import { Failure } from '../kit/states.tsx'
import { save as saveFile } from '../my/save.dom.ts'
import { api } from '../paths.ts'

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** Links of the accounts that a workbook opened: made, shown and saved once. */
export function Invitations({ id }: { id: string }) {
  const make = useMutation({
    mutationFn: () => call(api.intakeInvitations(id), invitedList, { method: 'POST' }),
    retry: false,
  })
  const save = () =>
    saveFile(
      '邀请链接.csv',
      new Blob(
        [
          `\ufeff${[
            ['姓名', '登录名', '单位', '链接', '有效期至'],
            ...(make.data ?? []).map((i) => [i.name, i.login, i.org, i.link, realInstant(i.expiresAt)]),
          ]
            .map((line) => line.map(quoted).join(','))
            .join('\r\n')}\r\n`,
        ],
        { type: 'text/csv' },
      ),
    )
  return (
    <Card size="small" title="邀请链接">
      <Flex vertical gap={10} align="start">
        <span className="page-sub">
          每个新账号一个链接，本人打开后设置密码。链接只显示这一次，请立即保存并分别交给本人；再次生成会使前一批失效。
        </span>
        {make.error && <Failure error={make.error} />}
        <Flex gap={8} wrap>
          <Button
            type={make.data ? 'default' : 'primary'}
            loading={make.isPending}
            onClick={() => make.mutate()}
          >
            {make.data ? '重新生成' : '生成邀请链接'}
          </Button>
          {make.data && make.data.length > 0 && (
            <Button type="primary" onClick={save}>
              保存为文件（{make.data.length} 个）
            </Button>
          )}
        </Flex>
      </Flex>
      {make.data && (
        <Table
          size="small"
          className="intake-failure"
          rowKey="login"
          pagination={false}
          dataSource={make.data}
          scroll={{ x: 'max-content', y: 300 }}
          locale={{ emptyText: '这份表格没有新建账号，或都已设置密码' }}
          columns={[
            { title: '姓名', dataIndex: 'name', width: 90 },
            { title: '登录名', dataIndex: 'login', width: 150 },
            { title: '单位', dataIndex: 'org', width: 200 },
            { title: '链接', dataIndex: 'link' },
          ]}
        />
      )}
    </Card>
  )
}
