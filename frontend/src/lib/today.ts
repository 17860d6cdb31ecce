/** The day of a moment in Finland, as the API writes days: deadlines and validity are days there. */
export const dayOf = (moment: Date) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Helsinki', dateStyle: 'short' }).format(moment)

export const today = () => dayOf(new Date())

/** The day so many days from today, as a day's count of hours is not always the same. */
export function inDays(days: number): string {
  const noon = new Date(`${today()}T12:00:00Z`)
  noon.setUTCDate(noon.getUTCDate() + days)
  return noon.toISOString().slice(0, 10)
}
