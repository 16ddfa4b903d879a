import { Button, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentPropsWithRef } from 'react'

type AnchorButtonProps = ButtonProps & Omit<ComponentPropsWithRef<'a'>, keyof ButtonProps>

function AnchorButton(props: AnchorButtonProps) {
  return <Button component="a" {...props} />
}

/** Looks like a button, goes to a page: `<LinkButton from="/w/$workspace" to="/w/$workspace/inbox">`. */
export const LinkButton = createLink(AnchorButton)
