import './help.css'
import { Button, Flex, Tour } from 'antd'
import { useState } from 'react'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { api } from '../paths.ts'
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
        // On a phone the menu is folded away: its button stands for what is in it.
        target: () => (seen(at) ?? seen('.shell-burger'))!,
      }))}
    />
  )
}

/** Offers the tour once; what was closed or declined comes no more. */
export function TourOffer() {
  const { post, dismissed } = useMe()
  const [isClosed, setClosed] = useState(false)
  const [running, setRunning] = useState(false)
  const what = `tour.${post.role}`
  const decline = useAct((_: null, key) => call(api.dismissed(what), anything, { method: 'PUT', key }))
  const close = (): void => {
    setClosed(true)
    decline.run(null)
  }
  if (running)
    return (
      <TourOfPost
        onEnd={() => {
          setRunning(false)
          close()
        }}
      />
    )
  const stops = tourOf(post.role, post.org.tier).length
  if (isClosed || dismissed.includes(what) || stops === 0) return null
  return (
    <Flex className="tour-offer" justify="space-between" align="center" gap={8} wrap role="note">
      <span>第一次用？花一分钟看看这 {stops} 处，之后不再出现。</span>
      <Flex gap={8}>
        <Button size="small" type="primary" onClick={() => setRunning(true)}>
          带我看看
        </Button>
        <Button size="small" onClick={close}>
          不用了
        </Button>
      </Flex>
    </Flex>
  )
}
