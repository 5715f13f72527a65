import { Button, Modal, QRCode } from 'antd'
import { useState } from 'react'
import { myTicket } from '#signup/scanApi.ts'
import { useApi } from '../api/hooks.tsx'
import { Loaded } from '../kit/states.tsx'
import { eventApi } from './addresses.ts'
import { at } from './times.ts'

/** 入场码 of one of her places, to be shown at the door. */
export function TicketButton({ entryId, title }: { entryId: string; title: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button size="large" onClick={() => setOpen(true)}>
        入场码
      </Button>
      <Modal open={isOpen} title={title} footer={null} onCancel={() => setOpen(false)} destroyOnHidden>
        <Ticket entryId={entryId} />
      </Modal>
    </>
  )
}

function Ticket({ entryId }: { entryId: string }) {
  const query = useApi(eventApi.ticket(entryId), myTicket)
  return (
    <Loaded query={query}>
      {({ ticket, from, until }) => (
        <div className="event-code">
          <QRCode aria-label="入场码" value={ticket} type="svg" size={280} bordered={false} errorLevel="L" />
          <p className="num">{`${at(from)} 至 ${at(until)} 有效`}</p>
          <p className="hardship-aside">现场给工作人员扫；只记到场，不含姓名。没有网络的，可以先截图。</p>
        </div>
      )}
    </Loaded>
  )
}
