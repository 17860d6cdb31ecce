/** Told by `config.json` beside the app, so that the same build can be hosted anywhere: where the API is, and more. */
interface Config {
  api?: string
  /** An email address, or a page's address, for whoever cannot use something here. */
  accessibility_contact?: string
  /** The largest attachment and the largest file to import that the server takes, as its settings have them. */
  attachment_max_bytes?: number
  import_max_bytes?: number
  /** How long a list can be that is a file for whoever is not signed in. */
  signed_out_rows?: number
  /** Which build of the app is handed out now. */
  release?: string
}

let config: Config = {}

export async function loadConfig(): Promise<void> {
  // without it the app is as it is where nothing is told
  config = (await fetchConfig().catch(() => undefined)) ?? config
}

async function fetchConfig(): Promise<Config | undefined> {
  const answer = await fetch('/config.json')
  return answer.ok ? await answer.json() : undefined
}

/** Whether another build is handed out than when this page was loaded. */
export async function releaseChanged(): Promise<boolean> {
  const now = await fetchConfig().catch(() => undefined)
  return now?.release !== undefined && config.release !== undefined && now.release !== config.release
}

export const apiAddress = () => config.api?.replace(/\/$/, '') ?? ''

/** The largest file that the server takes, in bytes; undefined where the app does not come from the server itself. */
export const largestFile = (what: 'attachment' | 'import') => config[`${what}_max_bytes`]

/** How many rows a file has at most without signing in; undefined where the app does not come from the server itself. */
export const signedOutRows = () => config.signed_out_rows

export const accessibilityContact = () => config.accessibility_contact ?? ''
