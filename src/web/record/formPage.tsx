import { PageHead } from '../kit/pageHead.tsx'

export function FormPage() {
  return <PageHead title="填报" />
}
