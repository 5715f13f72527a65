import './help.css'
import { Modal } from 'antd'
import { useState } from 'react'
import { useHotkeys } from '../kit/hotkeys.tsx'
import { shortcuts } from './shortcuts.ts'

/** All keys, by where they work. */
export function ShortcutKeys() {
  return (
    <div className="shortcuts">
      {shortcuts.map(({ where, keys }) => (
        <section key={where}>
          <h3>{where}</h3>
          <dl>
            {keys.map(([key, does]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}

/** `?` on any page shows the keys. */
export function ShortcutWindow() {
  const [open, setOpen] = useState(false)
  useHotkeys({ '?': () => setOpen(true), '？': () => setOpen(true) })
  return (
    <Modal open={open} title="快捷键" footer={null} onCancel={() => setOpen(false)}>
      <ShortcutKeys />
    </Modal>
  )
}
