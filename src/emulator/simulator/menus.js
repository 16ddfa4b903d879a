/** A button that opens a sheet of choices; Escape, a choice or a click elsewhere closes it. */
export function menu(button, sheet) {
  const show = (isOpen) => {
    sheet.hidden = !isOpen
    button.setAttribute('aria-expanded', String(isOpen))
    if (isOpen) sheet.querySelector('button')?.focus()
  }
  button.addEventListener('click', () => show(sheet.hidden))
  sheet.addEventListener('click', () => show(false))
  document.addEventListener('click', (event) => {
    if (!button.contains(event.target) && !sheet.contains(event.target)) show(false)
  })
  sheet.parentElement.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || sheet.hidden) return
    show(false)
    button.focus()
  })
}
