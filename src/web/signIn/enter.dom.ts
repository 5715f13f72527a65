import { queryClient } from '../api/hooks.tsx'

/** Who signs in starts with an empty memory: everything is read anew. */
export const enterAnew = (): void => void queryClient.resetQueries()
