/** Told by `config.json` beside the app, so that the same build can be hosted anywhere: where the API is, and more. */
interface Config {
  api?: string
  /** An email address, or a page's address, for whoever cannot use something here. */
  accessibility_contact?: string
}

let config: Config = {}

export async function loadConfig(): Promise<void> {
  const answer = await fetch('/config.json')
  if (answer.ok) config = await answer.json()
}

export const apiAddress = () => config.api?.replace(/\/$/, '') ?? ''

export const accessibilityContact = () => config.accessibility_contact ?? ''
