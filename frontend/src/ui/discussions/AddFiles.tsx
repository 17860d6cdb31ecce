import type { MessageDescriptor } from '@lingui/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { type DragEvent, useId, useRef, useState } from 'react'
import { Button, InlineAlert } from 'suomifi-ui-components'
import { problemOf, type Schemas } from '../../api/client'
import { largestFile } from '../../api/config'
import { megabytes } from '../../lib/fileSize'
import type { ErrorTexts } from '../../lib/genericErrors'
import { enumLabels } from '../../lib/labels'
import { loadErrors } from '../../lib/loadErrors'
import { ChooseField } from '../inputs'
import { Sending } from '../Progress'
import { Stopped, useUpload } from '../useUpload'
import { useWrite } from '../useWrite'
import type { Subject } from './Comments'
import styles from './Discussions.module.css'

type Audience = Schemas['Audience']

const KINDS = ['.pdf', '.png', '.jpg', '.jpeg', '.docx', '.xlsx', '.odt', '.ods', '.csv', '.txt']
/** What people have and what is not taken, by the ending: what to do instead is said before anything is sent. */
const REFUSED: Record<string, string> = {
  '.heic': 'heic_refused',
  '.heif': 'heic_refused',
  '.doc': 'old_office_refused',
  '.xls': 'old_office_refused',
  '.ppt': 'old_office_refused',
  '.docm': 'macros_refused',
  '.xlsm': 'macros_refused',
  '.zip': 'archive_refused',
}

/** What one sees of a file before it is sent; the server looks into it, and has the last word. */
const refusal = ({ name }: File, { fieldText }: ErrorTexts): MessageDescriptor | undefined => {
  const ending = /\.\w+$/.exec(name.toLowerCase())?.[0] ?? ''
  return KINDS.includes(ending) ? undefined : fieldText({ code: REFUSED[ending] ?? 'media_type_refused' })
}

/** What to do with a file that is larger than may be. */
function useTooLarge() {
  const { t } = useLingui()
  return (most: number) => {
    const size = megabytes(most)
    return t`The file is larger than ${size} MB. Make it smaller, for example with smaller pictures in it.`
  }
}

/** Why the server did not take a file. */
function useReason() {
  const { t } = useLingui()
  const tooLarge = useTooLarge()
  return (error: unknown, { problemText, fieldText }: ErrorTexts): string => {
    const problem = problemOf(error)
    const [first] = problem.errors ?? []
    if (first) return t(fieldText(first))
    if (problem.status === 413) return tooLarge(Number(problem.max_bytes ?? largestFile('attachment')))
    if (problem.code === 'attachment_twice')
      return t`The same file is here already, with the name ${String(problem.name)}.`
    return t(problemText(problem))
  }
}

/** Files are dropped here or chosen; they are sent one after the other. */
export function AddFiles({ on, audiences }: { on: Subject; audiences: Audience[] }) {
  const { t } = useLingui()
  const write = useWrite('attachments')
  const names = useId()
  const input = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState<Audience>()
  const [over, setOver] = useState(false)
  const sending = useUpload()
  // what is dropped while others are on their way is sent after them
  const turn = useRef(Promise.resolve())
  const reason = useReason()
  const tooLarge = useTooLarge()
  const most = largestFile('attachment')
  const size = most === undefined ? undefined : megabytes(most)
  const [failed, setFailed] = useState<{ name: string; why: string }[]>([])
  const seenBy = chosen ?? audiences[0] ?? 'applicants'

  async function send(files: File[]) {
    setFailed([])
    const texts = await loadErrors()
    const refuse = (name: string, why: string) => setFailed((before) => [...before, { name, why }])
    for (const file of files) {
      const refused = refusal(file, texts)
      if (refused) {
        refuse(file.name, t(refused))
        continue
      }
      if (most !== undefined && file.size > most) {
        refuse(file.name, tooLarge(most))
        continue
      }
      const query = { subject_kind: on.kind, subject_id: on.id, audience: seenBy, name: file.name }
      const sent = sending.send({ path: '/api/v1/attachments', query, type: 'application/octet-stream', file })
      await write(sent, t`Added: ${file.name}`).catch((error) =>
        refuse(file.name, error instanceof Stopped ? t`You stopped the sending.` : reason(error, texts)),
      )
    }
    if (input.current) input.current.value = ''
  }

  const inTurn = (files: File[]) => {
    turn.current = turn.current.then(() => send(files))
  }

  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    inTurn([...event.dataTransfer.files])
  }

  return (
    <>
      {audiences.length > 1 && (
        <ChooseField
          label={t`Who sees the file`}
          name="file-audience"
          value={seenBy}
          onChange={(value) => setChosen(value as Audience)}
          options={audiences.map((value) => ({ value, label: t(enumLabels.Audience[value]) }))}
        />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the input in it does the same */}
      <div
        className={`${styles.drop} ${over ? styles.over : ''}`}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <span className={styles.hint} id={names}>
          <Trans>Drop files here or choose them: PDF, picture, text or spreadsheet.</Trans>{' '}
          {size && t`The largest file is ${size} MB.`}
        </span>
        <Button
          variant="secondary"
          aria-describedby={names}
          aria-disabled={sending.going !== undefined}
          onClick={() => sending.going === undefined && input.current?.click()}
        >
          {t`Add files`}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          multiple
          accept={KINDS.join(',')}
          onChange={(event) => inTurn([...(event.target.files ?? [])])}
        />
        {sending.going && <Sending of={sending.going} stop={sending.stop} />}
      </div>
      <div role="alert">
        {failed.map(({ name, why }) => (
          <InlineAlert key={name} status="error" labelText={t`Not added: ${name}`}>
            {why}
          </InlineAlert>
        ))}
      </div>
    </>
  )
}
