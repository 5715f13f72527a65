import { openRooms } from '#programmes/careRoom/openApi.ts'
import { useApi } from '../../web/api/hooks.tsx'

/** All rooms that are open to everybody; a city has hundreds, so that they are read once and looked through here. */
export const useRooms = () => useApi('/open-rooms', openRooms, { staleTime: 300_000 })
