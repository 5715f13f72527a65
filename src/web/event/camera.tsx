import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { isStillHeld, type Seen } from './kept.ts'

type Detector = { detect(of: HTMLVideoElement): Promise<{ rawValue: string }[]> }
type DetectorMaker = new (options: { formats: string[] }) => Detector
const maker = (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector
const everyMs = 250

/** Reads codes by the camera where the browser can; elsewhere a scanner types them, or the name is chosen. */
export function Camera({ onCode }: { onCode: (text: string) => void }) {
  const [isOn, setOn] = useState(false)
  const [isRefused, setRefused] = useState(false)
  const video = useRef<HTMLVideoElement>(null)
  const read = useRef(onCode)
  useEffect(() => {
    read.current = onCode
  })
  useEffect(() => {
    if (!isOn || maker === undefined) return
    const detector = new maker({ formats: ['qr_code'] })
    let stream: MediaStream | null = null
    let last: Seen | null = null
    let isOver = false
    const look = async () => {
      if (isOver || video.current === null) return
      const [found] = await detector.detect(video.current).catch(() => [])
      if (found) {
        const now = Date.now()
        if (!isStillHeld(last, found.rawValue, now)) read.current(found.rawValue)
        last = { text: found.rawValue, atMs: now }
      }
      setTimeout(() => void look(), everyMs)
    }
    navigator.mediaDevices
      .getUserMedia({ video: { facingMode: 'environment' } })
      .then(async (got) => {
        stream = got
        if (isOver || video.current === null) return got.getTracks().forEach((track) => track.stop())
        video.current.srcObject = got
        await video.current.play()
        return look()
      })
      .catch(() => {
        setOn(false)
        setRefused(true)
      })
    return () => {
      isOver = true
      stream?.getTracks().forEach((track) => track.stop())
    }
  }, [isOn])
  if (maker === undefined)
    return <span className="hardship-aside">这个浏览器不能用摄像头识别，请用扫码枪，或选姓名。</span>
  return (
    <>
      <Button onClick={() => setOn(!isOn)}>{isOn ? '关闭摄像头' : '用摄像头扫'}</Button>
      {isRefused && <p className="event-fault">摄像头没有打开：请允许本页使用摄像头，或用扫码枪、选姓名</p>}
      {isOn && <video ref={video} className="event-camera" muted playsInline aria-label="摄像头画面" />}
    </>
  )
}
