import '../person/person.css'
import { PrinterOutlined } from '@ant-design/icons'
import { Button, Descriptions } from 'antd'
import { impactLabel, impacts, sensitiveFields, sensitivePurposes } from '#person/impact.ts'
import { programmes } from '#programmes/index.ts'
import { PageHead } from '../kit/pageHead.tsx'

/** 个人信息保护影响评估: one for each purpose that touches sensitive data, as the register has it; to be printed and signed. */
export function ImpactPage() {
  return (
    <article className="privacy-page">
      <PageHead
        title="个人信息保护影响评估"
        sub="查看敏感个人信息的每项用途一份（个人信息保护法第五十五条、第五十六条）"
        extra={
          <Button className="no-print" icon={<PrinterOutlined />} onClick={() => window.print()}>
            打印
          </Button>
        }
      />
      <p>
        这是随软件提供的评估底稿。运行单位应结合本单位实际核定、签字，连同处理情况记录保存不少于三年；用途、栏目或查看人有变动的，先重新评估。
      </p>
      {sensitivePurposes(programmes).map((purpose) => {
        const a = impacts[purpose]!
        return (
          <section key={purpose} className="member-section impact">
            <h2>{impactLabel(purpose, programmes)}</h2>
            <Descriptions
              size="small"
              bordered
              column={1}
              items={[
                { key: 'fields', label: '敏感信息', children: sensitiveFields(purpose).join('、') },
                { key: 'necessity', label: '必要性', children: a.necessity },
                { key: 'influence', label: '影响和风险', children: a.influence },
                {
                  key: 'measures',
                  label: '保护措施',
                  children: (
                    <ul>
                      {a.measures.map((measure) => (
                        <li key={measure}>{measure}</li>
                      ))}
                    </ul>
                  ),
                },
                {
                  key: 'days',
                  label: '评估与复评',
                  children: [
                    `${a.madeOn} 评估`,
                    ...a.reviews.map(({ on, finding }) => `${on} 复评：${finding}`),
                    `下次复评不晚于 ${a.nextOn}`,
                  ].join('；'),
                },
              ]}
            />
          </section>
        )
      })}
      <p className="impact-sign">核定人（签字）：　　　　　　　　　　日期：　　　　　　　　</p>
    </article>
  )
}
