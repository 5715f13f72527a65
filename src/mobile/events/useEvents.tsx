import { openEvents } from '#signup/openApi.ts'
import { myEvents } from '#signup/myApi.ts'
import { useApi } from '../../web/api/hooks.tsx'

/** Events that the whole city may come to, for anybody. */
export const useOpenEvents = () => useApi('/open-events', openEvents, { keep: true, staleTime: 30_000 })

/** What one woman may come to, her unit's own with them, and where she stands in each. */
export const useMyEvents = (enabled: boolean) => useApi('/my/events', myEvents, { keep: true, enabled })
