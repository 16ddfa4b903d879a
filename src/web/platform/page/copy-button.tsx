import { CopyButton as AnyCopyButton, type CopyButtonProps } from '@mantine/core'

/** Nothing on plain http: browsers let no page copy there. */
export function CopyButton(props: CopyButtonProps) {
  return window.isSecureContext ? <AnyCopyButton {...props} /> : null
}
