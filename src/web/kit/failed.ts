import { App } from 'antd'
import { toProblem } from '../api/problem.ts'

/** What was refused, told over the page: at which point, else the sentence of the server. */
export function useFailed(): (error: unknown) => void {
  const { message } = App.useApp()
  return (error) => {
    const { body } = toProblem(error)
    void message.error(body.issues?.map((i) => i.message).join('；') || body.message, 8)
  }
}
