#!/bin/sh
# Sets the DNS challenge of certbot (--manual-auth-hook), or clears it when called with `cleanup`.
#
#   certbot certonly --manual --preferred-challenges dns --manual-auth-hook /etc/acme-gateway/certbot-auth.sh \
#     --manual-cleanup-hook /etc/acme-gateway/certbot-cleanup.sh -d example.com -d '*.example.com'
#
# Where, and with which token (an API token with the scope DOMAIN_ACME), is read from the environment:
#
#   ACME_GATEWAY_URL    the address of the gateway: https://login.host.example
#   ACME_GATEWAY_TOKEN  the token
#   ACME_GATEWAY_WAIT   seconds until the name servers have it, 30 by default; waited for once in a run
#
# or, as a renewal by a timer has no environment, from lines `url=…`, `token=…` and `wait=…` of the file
# ACME_GATEWAY_FILE, which is /etc/acme-gateway.conf by default. It should be root's alone (chmod 600).
set -eu

fail() {
  printf 'ACME challenge of %s: %s\n' "${CERTBOT_DOMAIN:-nothing}" "$1" >&2
  exit 1
}

call=${1:-present}
url=${ACME_GATEWAY_URL:-}
token=${ACME_GATEWAY_TOKEN:-}
wait=${ACME_GATEWAY_WAIT:-}

file=${ACME_GATEWAY_FILE:-/etc/acme-gateway.conf}
if [ -r "$file" ]; then
  while IFS='=' read -r name setting || [ -n "$name" ]; do
    case $name in
      url) url=${url:-$setting} ;;
      token) token=${token:-$setting} ;;
      wait) wait=${wait:-$setting} ;;
    esac
  done <"$file"
fi

case $url in
  https://* | http://127.0.0.1:* | http://localhost:*) ;;
  *) fail "ACME_GATEWAY_URL is an address that begins with https://" ;;
esac
case $token in
  gwa_*[!0-9a-f]* | gws_*[!0-9a-f]*) fail "ACME_GATEWAY_TOKEN is no token" ;;
  gwa_* | gws_*) ;;
  *) fail "ACME_GATEWAY_TOKEN is no token" ;;
esac
# What goes into the text below is put in quotation marks only.
case ${CERTBOT_DOMAIN:-}${CERTBOT_VALIDATION:-} in
  '' | *[!A-Za-z0-9._-]*) fail "CERTBOT_DOMAIN and CERTBOT_VALIDATION are what certbot gives" ;;
esac

# The token goes through a pipe: what stands in the command line is shown to everybody on the machine.
answer=$(printf 'user = "certbot:%s"\n' "$token" |
  curl --config - --silent --show-error --max-time 60 --retry 4 --write-out '\n%{http_code}' \
    --header 'Content-Type: application/json' \
    --data "{\"fqdn\": \"_acme-challenge.$CERTBOT_DOMAIN.\", \"value\": \"$CERTBOT_VALIDATION\"}" \
    "${url%/}/acme/$call") || fail "the gateway cannot be reached"

case $answer in
  *'
200') ;;
  *) fail "$answer" ;;
esac

if [ "$call" = present ] && [ "${CERTBOT_REMAINING_CHALLENGES:-0}" = 0 ]; then
  sleep "${wait:-30}"
fi
