import { PublicFrame } from '../publicNotice/frame.tsx'
import { TellForm } from './tellForm.tsx'

/** 说件事, for anybody: told without a name, followed with a code. */
export function TellPage() {
  return (
    <PublicFrame
      title="说件事"
      sub="法律援助、侵害投诉、心理咨询。不用登录，不用留姓名；不记录您的网络地址和设备，时间只记到天。"
    >
      <TellForm maySign={false} />
    </PublicFrame>
  )
}
