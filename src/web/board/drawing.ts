import { Grid } from 'antd'

/** Room in a drawing: on a phone it is made narrower, not smaller, so that its words stay legible. */
export function useDrawing<T>(wide: T, phone: T): T {
  return (Grid.useBreakpoint().sm ?? true) ? wide : phone
}
