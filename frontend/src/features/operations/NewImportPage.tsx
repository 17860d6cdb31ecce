import { Trans, useLingui } from '@lingui/react/macro'
import { useMe } from '../../lib/me'
import { Empty, Skeleton } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { useImportKinds } from './components/importKinds'
import { ImportSteps } from './imports/Stage'
import { UploadForm } from './imports/UploadForm'

export default function NewImportPage() {
  const { t } = useLingui()
  const me = useMe()
  const kinds = useImportKinds()
  return (
    <Page
      title={t`Import a file`}
      crumbs={[{ to: 'imports', label: t`Imports` }]}
      lead={t`First you see what would happen to each row. Nothing is stored before you say so.`}
    >
      {me === undefined && <Skeleton />}
      {me && kinds.length === 0 && (
        <Empty action={<Link to="imports">{t`Imports`}</Link>}>
          <Trans>
            Networks' coordinators and organisations' editors, signatories, officers and deciders import files here.
          </Trans>
        </Empty>
      )}
      {kinds.length > 0 && (
        <>
          <ImportSteps current="file" places={{}} />
          <UploadForm kinds={kinds} />
        </>
      )}
    </Page>
  )
}
