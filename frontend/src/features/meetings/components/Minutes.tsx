import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Heading } from 'suomifi-ui-components'
import { api } from '../../../api/client'
import { Empty } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { TextArea } from '../../../ui/inputs'
import styles from './Meeting.module.css'
import { change, type Meeting, useMeetingWrite } from './meeting'

/** The minutes, and writing them. */
export function Minutes({ meeting, records }: { meeting: Meeting; records: boolean }) {
  const { t } = useLingui()
  const [writing, setWriting] = useState(false)
  return (
    <section>
      <Heading variant="h2">{t`Minutes`}</Heading>
      {writing ? (
        <Write meeting={meeting} done={() => setWriting(false)} />
      ) : (
        <>
          {meeting.minutes ? (
            <p className={styles.text}>{meeting.minutes}</p>
          ) : (
            <Empty>{t`There are no minutes yet.`}</Empty>
          )}
          {records && (
            <div className={styles.buttons}>
              <Button variant="secondary" onClick={() => setWriting(true)}>
                {meeting.minutes ? t`Change the minutes` : t`Write the minutes`}
              </Button>
            </div>
          )}
        </>
      )}
    </section>
  )
}

function Write({ meeting, done }: { meeting: Meeting; done: () => void }) {
  const { t } = useLingui()
  const write = useMeetingWrite()
  const [text, setText] = useState(meeting.minutes ?? '')
  const send = async () => {
    const body = { minutes: text.trim() || null }
    await write(api.PATCH('/api/v1/meetings/{meeting_id}', { ...change(meeting), body }), t`The minutes are saved`)
    done()
  }
  return (
    <Form label={t`Save`} send={send} secondary={<Button variant="secondary" onClick={done}>{t`Cancel`}</Button>}>
      {(faultOf) => (
        <div className={styles.minutes}>
          <TextArea label={t`Minutes`} name="minutes" value={text} onChange={setText} fault={faultOf('/minutes')} />
        </div>
      )}
    </Form>
  )
}
