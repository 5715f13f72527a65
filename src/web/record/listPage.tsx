import { PageHead } from '../kit/pageHead.tsx'

export function ListPage() {
  return <PageHead title="列表" />
}
