import './myYear.css'
import { DownloadOutlined } from '@ant-design/icons'
import { getRouteApi } from '@tanstack/react-router'
import { Button, Card, Flex, Segmented, Typography } from 'antd'
import { periodOf } from '#kit/period.ts'
import { myYear, type MyYear, type Whose } from '#figures/myYear/api.ts'
import { plainTextOf } from '#figures/myYear/compose.ts'
import { programmes } from '#programmes/index.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { Begun } from '../figures/begun.tsx'
import { usualYear } from '../figures/scope.ts'
import { YearPick } from '../figures/yearPick.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { withQuery } from '../urlState.ts'
import { myYearApi } from './addresses.ts'
import { BehindDrawer } from './behind.tsx'
import { Works } from './works.tsx'

const route = getRouteApi(paths.myYear)

/** 我的年度工作: what she and her unit did in a year, every number with its records, and the text to paste. */
export function MyYearPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { today, post } = useMe()
  const year = Number(search.year ?? usualYear(today))
  const whose: Whose = search.whose ?? 'me'
  const query = useApi(withQuery(myYearApi.year, { year: String(year) }), myYear, { keep: true })
  const closed = { programme: undefined, deed: undefined, indicator: undefined }
  return (
    <>
      <PageHead
        title="我的年度工作"
        sub="本人和本单位这一年办了什么；每个数字都能点开背后的记录，只供您自己写总结用"
        extra={
          <>
            <YearPick
              label="年度"
              year={year}
              onYear={(y) => void navigate({ search: { ...search, ...closed, year: String(y) } })}
            />
            <Button type="primary" icon={<DownloadOutlined />} href={myYearApi.docx(year)}>
              下载 Word
            </Button>
          </>
        }
      />
      <Segmented<Whose>
        aria-label="谁的工作"
        className="my-year-whose"
        value={whose}
        options={[
          { value: 'me', label: '本人' },
          { value: 'unit', label: post.org.shortName },
        ]}
        onChange={(next) =>
          void navigate({ search: { ...search, ...closed, whose: next === 'me' ? undefined : next } })
        }
      />
      <Begun period={periodOf('year', year)}>
        <Loaded query={query} rows={10}>
          {(data) => (
            <div className={query.isPlaceholderData ? 'my-year is-old' : 'my-year'}>
              <Works
                works={data[whose]}
                others={data.others[whose]}
                whose={whose}
                year={data.year}
                onOpen={(opened) => void navigate({ search: { ...search, ...closed, ...opened } })}
              />
              <Text data={data} />
            </div>
          )}
        </Loaded>
      </Begun>
      <BehindDrawer
        asked={{ ...search, year: String(year), whose }}
        onClose={() => void navigate({ search: { ...search, ...closed } })}
      />
    </>
  )
}

/** The same as text, for whatever she writes it into. */
function Text({ data }: { data: MyYear }) {
  const text = plainTextOf(data, programmes)
  return (
    <Card
      size="small"
      className="my-year-text"
      title="可直接粘贴的文字"
      extra={
        <Typography.Text copyable={{ text, tooltips: ['复制全文', '已复制'] }}>复制全文</Typography.Text>
      }
    >
      <Flex vertical gap={6}>
        {[...text.split('\n').entries()].map(([at, line]) => (
          <p key={at} className={/^[一二]、/.test(line) ? 'my-year-heading' : 'my-year-line'}>
            {line}
          </p>
        ))}
      </Flex>
    </Card>
  )
}
