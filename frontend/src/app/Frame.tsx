import { useLingui } from '@lingui/react/macro'
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { ActionMenu, ActionMenuDivider, ActionMenuItem, LanguageMenu, LanguageMenuItem } from 'suomifi-ui-components'
import { signOut } from '../api/session'
import { LANGUAGES, type Language, language } from '../lib/language'
import { useMe, useSignedIn } from '../lib/me'
import { inApp, Link } from '../ui/Link'
import { Shell } from '../ui/Shell'

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
      menus={
        <>
          <Languages />
          {known ? <PersonMenu /> : <Link to="login">{t`Sign in`}</Link>}
        </>
      }
    >
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
    <LanguageMenu buttonText={name} aria-label={`${name}, ${t`choose the language`}`}>
      {LANGUAGES.map((one) => (
        <LanguageMenuItem
          key={one}
          lang={one}
          selected={one === language()}
          onSelect={() =>
            navigate({ href: pathname.replace(/^\/(fi|sv|en)/, `/${one}`) + searchStr + (hash ? `#${hash}` : '') })
          }
        >
          {NAMES[one]}
        </LanguageMenuItem>
      ))}
    </LanguageMenu>
  )
}

function PersonMenu() {
  const { t } = useLingui()
  const me = useMe()
  const navigate = useNavigate()
  const go = (to: string) => navigate({ to: inApp(to).path })
  const leave = async () => {
    await signOut()
    await go('')
  }
  return (
    <ActionMenu buttonText={me?.name ?? t`My account`}>
      <ActionMenuItem onClick={() => go('work')}>{t`My work`}</ActionMenuItem>
      <ActionMenuItem onClick={() => go('profile')}>{t`Profile`}</ActionMenuItem>
      <ActionMenuDivider />
      <ActionMenuItem onClick={leave}>{t`Sign out`}</ActionMenuItem>
    </ActionMenu>
  )
}
