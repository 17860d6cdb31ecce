import { Trans } from '@lingui/react/macro'
import { type Texts as InLanguages, inLanguage, language } from '../lib/language'

/** A text that people wrote, in the app's language where there is one; says so where there is only another. */
export function Texts({ of, notice = false }: { of: InLanguages | null | undefined; notice?: boolean }) {
  const { text, lang } = inLanguage(of)
  if (!text) return null
  if (lang === language()) return <span style={{ whiteSpace: 'pre-line' }}>{text}</span>
  return (
    <>
      {notice && <OnlyIn lang={lang} />}
      <span lang={lang} style={{ whiteSpace: 'pre-line' }}>
        {text}
      </span>
    </>
  )
}

/** That something exists only in another language. */
export function OnlyIn({ lang }: { lang: string }) {
  const quiet = { display: 'block', color: 'var(--quiet)', fontSize: '1rem' }
  if (lang === 'fi')
    return (
      <span style={quiet}>
        <Trans>Only in Finnish</Trans>
      </span>
    )
  if (lang === 'sv')
    return (
      <span style={quiet}>
        <Trans>Only in Swedish</Trans>
      </span>
    )
  return (
    <span style={quiet}>
      <Trans>Only in another language</Trans>
    </span>
  )
}
