import type { UseFormReturnType } from '@mantine/form'
import { type ReactNode, useEffect, useRef } from 'react'

interface FormProps<Values> {
  form: UseFormReturnType<Values>
  onSubmit: (values: Values) => void
  autoComplete?: 'off'
  children: ReactNode
}

/** Leads to its first wrong field when it is sent in vain, whether the page or the hub has found it. */
export function Form<Values>({ form, onSubmit, autoComplete, children }: FormProps<Values>) {
  const element = useRef<HTMLFormElement>(null)
  const isSent = useRef(false)
  const { errors } = form
  useEffect(() => {
    // Not while somebody mends one field and others are wrong still.
    if (!isSent.current || Object.keys(errors).length === 0) return
    isSent.current = false
    showFirstFault(element.current)
  }, [errors])
  return (
    <form
      ref={element}
      noValidate
      autoComplete={autoComplete}
      onSubmit={(event) => {
        isSent.current = true
        form.onSubmit(onSubmit)(event)
      }}
    >
      {children}
    </form>
  )
}

function showFirstFault(form: HTMLFormElement | null): void {
  const fault = form?.querySelector('[aria-invalid="true"], [role="alert"]')
  if (!(fault instanceof HTMLElement)) return
  fault.scrollIntoView({ block: 'center' })
  fault.focus({ preventScroll: true })
}
