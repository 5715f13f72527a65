/** A digest to one person, by the id of its delivery; a line by the robot of a work group. */
export const sendKind = 'notify.send'
export const groupKind = 'notify.group'
