import { minutesOf, weekdayOf, type Moment } from '#programmes/careRoom/hours.ts'
import { openRooms, type OpenRooms } from '#programmes/careRoom/openApi.ts'
import { useApi } from '../../web/api/hooks.tsx'

/** All rooms that are open to everybody; a city has hundreds, so that they are read once and looked through here. */
export const useRooms = () => useApi('/open-rooms', openRooms, { staleTime: 300_000 })

/** Now, on the day that the server names. */
export const momentOf = ({ today, isWorkday }: OpenRooms): Moment => ({
  weekday: weekdayOf(today),
  minutes: minutesOf(new Date()),
  isWorkday,
})
