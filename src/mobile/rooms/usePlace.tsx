import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Point } from '#programmes/careRoom/point.ts'
import { host } from '../kit/host.dom.ts'

const key = ['place']

export const placeWords = {
  denied: '没有允许获取位置。可以按区县查找；想按距离找，请在浏览器设置里允许本网站获取位置。',
  unsupported: '这台手机现在取不到位置，可以按区县查找。',
} as const

/** Where she is, for the pages of this visit alone: asked on her press, never sent anywhere. */
export function usePlace(): {
  place: Point | null
  asking: boolean
  why: string | null
  ask: () => void
} {
  const client = useQueryClient()
  const { data: place = null } = useQuery<Point | null>({
    queryKey: key,
    queryFn: () => null,
    staleTime: Infinity,
  })
  const [asking, setAsking] = useState(false)
  const [why, setWhy] = useState<string | null>(null)
  const ask = () => {
    setAsking(true)
    setWhy(null)
    void host.getLocation().then((given) => {
      setAsking(false)
      if (given.kind === 'ok') client.setQueryData(key, given.value)
      else setWhy(placeWords[given.kind])
    })
  }
  return { place, asking, why, ask }
}
