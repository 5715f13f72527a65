import './help.css'
import { Button, Flex, Tour } from 'antd'
import { useState } from 'react'
import { useMe } from '../api/hooks.tsx'
import { usePreference } from '../kit/preference.tsx'
import { tourOf } from './guides.ts'

const seen = (selector: string): HTMLElement | null => {
  const found = document.querySelector<HTMLElement>(selector)
  return found && found.offsetParent !== null ? found : null
}

/** The tour of her post, begun when she wants it. */
export function TourOfPost({ onEnd }: { onEnd: () => void }) {
  const { post } = useMe()
  return (
    <Tour
      open
      onClose={onEnd}
      onFinish={onEnd}
      steps={tourOf(post.role, post.org.tier).map(({ at, title, text }) => ({
        title,
        description: text,
        target: () => seen(at)!,
      }))}
    />
  )
}

/** Offers the tour once; what was closed or declined comes no more. */
export function TourOffer() {
  const { post, account } = useMe()
  const [done, setDone] = usePreference(`tour.${account.id}.${post.role}`, false)
  const [running, setRunning] = useState(false)
  if (running)
    return (
      <TourOfPost
        onEnd={() => {
          setRunning(false)
          setDone(true)
        }}
      />
    )
  const stops = tourOf(post.role, post.org.tier).length
  if (done || stops === 0) return null
  return (
    <Flex className="tour-offer" justify="space-between" align="center" gap={8} wrap role="note">
      <span>第一次用？花一分钟看看这 {stops} 处，之后不再出现。</span>
      <Flex gap={8}>
        <Button size="small" type="primary" onClick={() => setRunning(true)}>
          带我看看
        </Button>
        <Button size="small" onClick={() => setDone(true)}>
          不用了
        </Button>
      </Flex>
    </Flex>
  )
}
