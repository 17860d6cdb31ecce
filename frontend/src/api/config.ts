/** Told by `config.json` beside the app, so that the same build can be hosted anywhere: where the API is, and more. */
interface Config {
  api?: string
  /** An email address, or a page's address, for whoever cannot use something here. */
  accessibility_contact?: string
  /** The largest attachment and the largest file to import that the server takes, as its settings have them. */
  attachment_max_bytes?: number
  import_max_bytes?: number
}

let config: Config = {}

export async function loadConfig(): Promise<void> {
  const answer = await fetch('/config.json')
  if (answer.ok) config = await answer.json()
}

export const apiAddress = () => config.api?.replace(/\/$/, '') ?? ''

/** The largest file that the server takes, in bytes; undefined where the app does not come from the server itself. */
export const largestFile = (what: 'attachment' | 'import') => config[`${what}_max_bytes`]

export const accessibilityContact = () => config.accessibility_contact ?? ''
