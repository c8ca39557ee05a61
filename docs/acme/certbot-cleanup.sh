#!/bin/sh
# Clears the DNS challenge of certbot (--manual-cleanup-hook). It stands beside certbot-auth.sh, which says how it is set up.
set -eu
exec "$(dirname -- "$0")/certbot-auth.sh" cleanup
