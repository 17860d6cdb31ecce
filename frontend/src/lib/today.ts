/** The day of a moment in Finland, as the API writes days: deadlines and validity are days there. */
export const dayOf = (moment: Date) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Helsinki', dateStyle: 'short' }).format(moment)

export const today = () => dayOf(new Date())
