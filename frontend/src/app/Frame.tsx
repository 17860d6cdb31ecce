import { useLingui } from '@lingui/react/macro'
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { useState } from 'react'
import { queries } from '../api/client'
import { person, signOut } from '../api/session'
import { keptBy } from '../lib/kept'
import { LANGUAGES, type Language, language } from '../lib/language'
import { isOperator, useMe, useSignedIn } from '../lib/me'
import { Bell } from '../ui/Bell'
import { UnsavedHere } from '../ui/Leaving'
import { inApp, Link } from '../ui/Link'
import { Menu } from '../ui/Menu'
import { Shell } from '../ui/Shell'
import { MailFailing } from './MailFailing'

const NAMES: Record<Language, string> = { fi: 'Suomeksi (FI)', sv: 'På svenska (SV)', en: 'In English (EN)' }

/** The frame in the language of the address. */
export function Frame() {
  const { t } = useLingui()
  const known = useSignedIn()
  const destinations = [
    ...(known ? [{ to: 'work', label: t`My work` }] : []),
    { to: 'networks', label: t`Networks` },
    { to: 'organisations', label: t`Organisations` },
    { to: 'needs', label: t`Needs` },
    { to: 'calls', label: t`Calls` },
    { to: known ? 'agreements' : 'agreements/public', label: t`Agreements` },
    { to: 'endorsements', label: t`Register of puumerkki` },
  ]
  const footer = [
    { to: 'check', label: t`Check a puumerkki` },
    { to: 'accessibility', label: t`Accessibility statement` },
  ]
  return (
    <Shell
      destinations={destinations}
      footer={footer}
      languages={<Languages />}
      menus={
        <>
          {known && <Bell />}
          {known ? <PersonMenu /> : <Link to="login">{t`Sign in`}</Link>}
        </>
      }
    >
      {known && <MailFailing />}
      <Outlet />
    </Shell>
  )
}

function Languages() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const { pathname, searchStr, hash } = useRouterState({ select: (state) => state.location })
  const name = NAMES[language()]
  return (
    <Menu
      text={name}
      short={language().toUpperCase()}
      purpose={t`choose the language`}
      choices={LANGUAGES.map((one) => ({
        name: NAMES[one],
        lang: one,
        chosen: one === language(),
        run: () =>
          navigate({ href: pathname.replace(/^\/(fi|sv|en)/, `/${one}`) + searchStr + (hash ? `#${hash}` : '') }),
      }))}
    />
  )
}

function PersonMenu() {
  const { t } = useLingui()
  const me = useMe()
  const navigate = useNavigate()
  const places = [
    { to: 'work', label: t`My work` },
    { to: 'profile', label: t`Profile` },
    ...(isOperator(me) ? [{ to: 'audit', label: t`Operation` }] : []),
  ]
  const go = (to: string) => navigate({ to: inApp(to).path })
  const [asked, setAsked] = useState(false)
  const ask = async () => {
    const who = person()
    if (who !== null && keptBy(who).length > 0) setAsked(true)
    else await leave()
  }
  const leave = async () => {
    setAsked(false)
    await signOut()
    await go('')
    queries.clear()
  }
  return (
    <>
      <Menu
        text={me?.name ?? t`My account`}
        choices={[
          ...places.map(({ to, label }) => ({ name: label, run: () => go(to) })),
          { name: t`Sign out`, run: ask, apart: true },
        ]}
      />
      {asked && <UnsavedHere leave={leave} stay={() => setAsked(false)} />}
    </>
  )
}
