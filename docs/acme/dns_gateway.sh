#!/usr/bin/env sh
# DNS challenges of acme.sh (https://github.com/acmesh-official/acme.sh/wiki/dnsapi): put this file into ~/.acme.sh/dnsapi/.
#
#   export ACME_GATEWAY_URL=https://login.host.example   # the address of the gateway
#   export ACME_GATEWAY_TOKEN=gwa_…                      # an API token with the scope DOMAIN_ACME
#   acme.sh --issue --dns dns_gateway -d example.com -d '*.example.com'
#
# Both are kept in acme.sh's account.conf for renewals. With ACME_GATEWAY_TOKEN_FILE in the place of the token only the name of
# the file that holds it is kept.

# shellcheck disable=SC2034  # read by acme.sh
dns_gateway_info='The gateway of your host
Site: https://login.host.example
Options:
 ACME_GATEWAY_URL Address of the gateway
 ACME_GATEWAY_TOKEN API token with the scope DOMAIN_ACME
'

# Usage: dns_gateway_add _acme-challenge.www.example.com "the value"
dns_gateway_add() {
  _dns_gateway_call present "$1" "$2"
}

# Usage: dns_gateway_rm _acme-challenge.www.example.com "the value"
dns_gateway_rm() {
  _dns_gateway_call cleanup "$1" "$2"
}

_dns_gateway_call() {
  ACME_GATEWAY_URL="${ACME_GATEWAY_URL:-$(_readaccountconf_mutable ACME_GATEWAY_URL)}"
  ACME_GATEWAY_TOKEN="${ACME_GATEWAY_TOKEN:-$(_readaccountconf_mutable ACME_GATEWAY_TOKEN)}"
  ACME_GATEWAY_TOKEN_FILE="${ACME_GATEWAY_TOKEN_FILE:-$(_readaccountconf_mutable ACME_GATEWAY_TOKEN_FILE)}"
  _gateway_token="$ACME_GATEWAY_TOKEN"
  if [ -z "$_gateway_token" ] && [ -r "$ACME_GATEWAY_TOKEN_FILE" ]; then
    read -r _gateway_token <"$ACME_GATEWAY_TOKEN_FILE" || [ -n "$_gateway_token" ] || return 1
  fi
  case "$ACME_GATEWAY_URL" in
    https://* | http://127.0.0.1:* | http://localhost:*) ;;
    *)
      _err "ACME_GATEWAY_URL is an address that begins with https://"
      return 1
      ;;
  esac
  case "$_gateway_token" in
    gwa_*[!0-9a-f]* | gws_*[!0-9a-f]* | '')
      _err "ACME_GATEWAY_TOKEN, or the first line of the file ACME_GATEWAY_TOKEN_FILE, is an API token"
      return 1
      ;;
  esac
  _saveaccountconf_mutable ACME_GATEWAY_URL "$ACME_GATEWAY_URL"
  if [ -n "$ACME_GATEWAY_TOKEN" ]; then
    _saveaccountconf_mutable ACME_GATEWAY_TOKEN "$ACME_GATEWAY_TOKEN"
  else
    _saveaccountconf_mutable ACME_GATEWAY_TOKEN_FILE "$ACME_GATEWAY_TOKEN_FILE"
  fi

  # What goes into the text below is put in quotation marks only.
  case "$2$3" in
    '' | *[!A-Za-z0-9._-]*)
      _err "No name and value of a challenge: $2"
      return 1
      ;;
  esac
  # The token goes through a pipe: what stands in the command line is shown to everybody on the machine.
  _gateway_answer="$(printf 'user = "acme.sh:%s"\n' "$_gateway_token" |
    curl --config - --silent --show-error --max-time 60 --retry 4 --write-out '\n%{http_code}' \
      --header 'Content-Type: application/json' --data "{\"fqdn\": \"$2.\", \"value\": \"$3\"}" \
      "${ACME_GATEWAY_URL%/}/acme/$1")" || {
    _err "The gateway cannot be reached."
    return 1
  }
  case "$_gateway_answer" in
    *'
200') return 0 ;;
  esac
  _err "The gateway refused it: $_gateway_answer"
  return 1
}
