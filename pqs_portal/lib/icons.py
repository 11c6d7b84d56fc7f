"""Small pictures of our own: paths on a 20 by 20 field, and the product's mark."""

ICONS = {
    "lock": "M6 9V6.5a4 4 0 0 1 8 0V9h1.2c.4 0 .8.4.8.8v7.4c0 .4-.4.8-.8.8H4.8a.8.8 0 0 1-.8-.8V9.8"
    "c0-.4.4-.8.8-.8H6zm2 0h4V6.5a2 2 0 0 0-4 0V9z",
    "bell": "M10 2a1.2 1.2 0 0 1 1.2 1.3 5 5 0 0 1 3.8 4.9v3.3l1.5 2.3v1.2h-13v-1.2L5 11.5V8.2"
    "a5 5 0 0 1 3.8-4.9A1.2 1.2 0 0 1 10 2zM8 16h4a2 2 0 0 1-4 0z",
    "person": "M10 2.5a3.7 3.7 0 1 1 0 7.4 3.7 3.7 0 0 1 0-7.4zM3 17.5c0-3.6 3-6 7-6s7 2.4 7 6H3z",
    "file": "M5 2h6.5L16 6.5V18H5V2zm6 1.5V7h3.5L11 3.5zM7 10v1.3h7V10H7zm0 3v1.3h7V13H7z",
    "arrow": "M11 4l6 6-6 6-1.4-1.4L13.2 11H3V9h10.2L9.6 5.4 11 4z",
    "people": "M7 3a3 3 0 1 1 0 6 3 3 0 0 1 0-6zm6.5 1a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5zM1 16"
    "c0-3.2 2.4-5.5 6-5.5s6 2.3 6 5.5H1zm13.5 0c0-2-.7-3.7-1.9-5 .3 0 .6-.1.9-.1 3.2 0 5.5 2 5.5 5.1h-4.5z",
}

# A path that climbs in three steps: the product's own mark.
MARK = (
    '<svg class="pp-mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">'
    '<path d="M5 26h7v-7h7v-7h7" fill="none" stroke="currentColor" stroke-width="3.2" stroke-linecap="round" '
    'stroke-linejoin="round"/><circle cx="26" cy="6" r="3.6" fill="#f2b544"/></svg>'
)
