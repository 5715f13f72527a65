const drawn = {
  home: 'M4 11.5 12 4l8 7.5M6.5 9.5V20h11V9.5M10 20v-5.5h4V20',
  services: 'M4 4h6.5v6.5H4zM13.5 4H20v6.5h-6.5zM4 13.5h6.5V20H4zM13.5 13.5H20V20h-6.5z',
  events: 'M4.500 6h15v14h-15zM4.500 10h15M8.500 3.500V7M15.500 3.500V7M8.500 14h3M8.500 17h6',
  mine: 'M12 11.500a3.750 3.750 0 1 0 0-7.500 3.750 3.750 0 0 0 0 7.500zM4.500 20c.600-4 3.600-6 7.500-6s6.900 2 7.500 6',
  room: 'M12 20.500s6.500-5.900 6.500-10.500a6.500 6.500 0 1 0-13 0c0 4.600 6.500 10.500 6.500 10.500zM12 12.200a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600z',
  tell: 'M4 5h16v11H10l-4.500 3.500V16H4zM8 9h8M8 12h5',
  childcare:
    'M12 8.500a2.750 2.750 0 1 0 0-5.500 2.750 2.750 0 0 0 0 5.500zM7 13.500c1.200-1.900 2.900-2.900 5-2.900s3.800 1 5 2.900M8.500 21v-6.500h7V21',
  notice: 'M5 10v4h3.500L15 18.500v-13L8.500 10zM18 9.500a4 4 0 0 1 0 5',
  honour: 'M12 14a5 5 0 1 0 0-10 5 5 0 0 0 0 10zM9 13.200 7.500 20.500 12 18l4.500 2.500-1.500-7.300',
  match:
    'M12 19.500S4.500 15 4.500 9.500a3.900 3.900 0 0 1 7.500-1.600 3.900 3.900 0 0 1 7.500 1.600C19.500 15 12 19.500 12 19.500z',
  check: 'M5 4.500h14v15H5zM8.500 12l2.500 2.500 4.500-5',
  next: 'M9 5l7 7-7 7',
  prev: 'M15 5l-7 7 7 7',
} as const
export type IconName = keyof typeof drawn

/** Line icons of our own, in the colour of the text. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg
    viewBox="0 0 24 24"
    width="22"
    height="22"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.6"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    <path d={drawn[name]} />
  </svg>
)
