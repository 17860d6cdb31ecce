/**
 * Keeps the focus on the page after a window has closed: the button that opened it may vanish with what was done, at
 * once or when the page has asked again. Then the focus goes to the page's heading, as after a change of page. It ends
 * with the next thing that somebody does.
 */
export function keepFocus(): void {
  const look = () => {
    if (document.activeElement !== document.body) return
    document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
  }
  const vanishing = new MutationObserver(look)
  const end = () => {
    vanishing.disconnect()
    for (const kind of done) window.removeEventListener(kind, end, true)
  }
  const done = ['pointerdown', 'keydown'] as const
  for (const kind of done) window.addEventListener(kind, end, true)
  vanishing.observe(document.body, { childList: true, subtree: true })
  look()
}
