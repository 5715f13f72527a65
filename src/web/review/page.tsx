import { PageHead } from '../kit/pageHead.tsx'

export function ReviewPage() {
  return <PageHead title="审核" />
}
