/** How a list that is searched in opens below its button: the list has its own roles and answers Escape itself. */
export const listPopover = {
  position: 'bottom-start',
  offset: 4,
  withRoles: false,
  closeOnEscape: false,
  transitionProps: { duration: 0 },
  shadow: 'md',
} as const
