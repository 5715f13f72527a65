import { PageHead } from '../kit/pageHead.tsx'

export function EntryPage() {
  return <PageHead title="填报" />
}
