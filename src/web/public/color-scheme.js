// Sets the chosen scheme before the first paint, so that a dark page never flashes white. A file of its own, because the page allows no inline script.
;(() => {
  const chosen = localStorage.getItem('parley-color-scheme') || 'auto'
  const dark = chosen === 'dark' || (chosen === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
