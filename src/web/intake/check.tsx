import { Flex, Tabs } from 'antd'
import { intakeDetail } from '#intake/api.ts'
import { useApi } from '../api/hooks.tsx'
import { Loaded } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { Finish } from './finish.tsx'
import { Invitations } from './invitations.tsx'
import { MappingCard } from './mapping.tsx'
import { RowsCard } from './rowsCard.tsx'
import type { IntakeSearch } from './search.ts'
import { totalOf } from './words.ts'

type CheckViewProps = {
  id: string
  search: IntakeSearch
  onSearch: (change: Partial<IntakeSearch>) => void
}

/** ③ what was found, mended in place; ④ written in. */
export function CheckView({ id, search, onSearch }: CheckViewProps) {
  const query = useApi(api.intake(id), intakeDetail)
  return (
    <Loaded query={query} rows={10}>
      {(page) => {
        const sheet = page.sheets.find((s) => s.key === search.sheet) ?? page.sheets[0]!
        return (
          <Flex vertical gap={12} className="intake">
            <Finish page={page} />
            {page.target === 'onboarding' && page.state === 'committed' && <Invitations id={id} />}
            {page.sheets.length > 1 && (
              <Tabs
                activeKey={sheet.key}
                onChange={(key) => onSearch({ sheet: key, only: undefined })}
                items={page.sheets.map((s) => ({ key: s.key, label: `${s.label}（${totalOf(s.counts)}）` }))}
              />
            )}
            <MappingCard key={sheet.key} page={page} sheet={sheet} />
            <RowsCard
              key={`rows ${sheet.key}`}
              page={page}
              sheet={sheet}
              search={search}
              onSearch={onSearch}
            />
          </Flex>
        )
      }}
    </Loaded>
  )
}
