import '../person/person.css'
import { Table } from 'antd'
import { conformityRules } from '#conformity/rules.ts'
import { useMe } from '../api/hooks.tsx'
import { PageHead } from '../kit/pageHead.tsx'

/** 合规说明: each rule on digital burden, what is built for it, and the test that would fail otherwise. */
export function ConformityPage() {
  const { filing } = useMe()
  return (
    <article className="privacy-page">
      <PageHead
        title="合规说明"
        sub="对照国办函〔2026〕12号关于防治“指尖上的形式主义”的要求，逐条说明本系统怎么做"
      />
      <p>
        下面每一条都有自动检查：程序每次改动都要重新通过，做不到就不能发布。规定的表述为我们的概括，以原文为准。
      </p>
      <Table
        size="small"
        rowKey="key"
        pagination={false}
        dataSource={[...conformityRules]}
        scroll={{ x: 640 }}
        columns={[
          { title: '要求', dataIndex: 'rule', width: 220 },
          { title: '本系统', dataIndex: 'ours' },
          { title: '方式', dataIndex: 'how', width: 130 },
        ]}
      />
      <h2>由哪项检查证明</h2>
      <Table
        size="small"
        rowKey="key"
        pagination={false}
        dataSource={[...conformityRules]}
        scroll={{ x: 640 }}
        columns={[
          { title: '要求', dataIndex: 'rule', width: 220 },
          {
            title: '检查（程序源码中的文件和名称）',
            render: (_, { proof }) => (
              <>
                <code>{proof.file}</code>
                <br />
                {proof.title}
              </>
            ),
          },
        ]}
      />
      <h2>备案</h2>
      <p>{filing ? `备案号：${filing}` : '还没有填写备案号；由运行单位在设置里填写。'}</p>
    </article>
  )
}
