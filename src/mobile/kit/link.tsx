import { Link, useNavigate, useParams, useRouterState } from '@tanstack/react-router'
import type * as z from 'zod/mini'

/*
 * The router's types know one table of routes a programme, and that is the workbench's. The H5's addresses are told to it here,
 * as text; a journey opens each of them.
 */

const Any = Link as unknown as React.ComponentType<GoProps & { activeOptions: { exact: boolean } }>

type To = { to: string; params?: Record<string, string>; search?: Record<string, unknown> }
type GoProps = To & {
  className?: string
  'aria-label'?: string
  'data-here'?: string | undefined
  onClick?: (event: React.MouseEvent) => void
  children: React.ReactNode
}

/** A link to a page of the H5. */
export const Go = (props: GoProps) => <Any {...props} activeOptions={{ exact: true }} />

/** Goes to a page of the H5. */
export function useGo(): (to: To & { replace?: boolean }) => void {
  const go = useNavigate() as (to: object) => Promise<void>
  return (to) => void go(to)
}

/** What stands behind the question mark, as far as it is what it should be. */
export function useAsked<T>(schema: z.ZodMiniType<T>, empty: T): T {
  const search: unknown = useRouterState({ select: ({ location }) => location.search })
  return schema.safeParse(search).data ?? empty
}

/** `$id` of the address. */
export const useId = (): string => (useParams({ strict: false }) as { id?: string }).id ?? ''
