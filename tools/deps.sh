#!/usr/bin/env bash
# Installs what is missing: Debian packages, then the npm packages of the web pages. Quiet when there is nothing to do.
set -eu
cd "$(dirname "$0")/.."
packages="cmake ninja-build pkg-config libglib2.0-dev libglib2.0-dev-bin libmicrohttpd-dev libsqlite3-dev libpq-dev libjansson-dev
 libsodium-dev libxlsxwriter-dev libzip-dev libexpat1-dev libxml2-dev libpango1.0-dev libcairo2-dev libqrencode-dev libmagic-dev
 libcurl4-openssl-dev libical-dev libgdk-pixbuf-2.0-dev fonts-wqy-microhei"
if [ "${LANTING_TEST_DEPS:-}" = 1 ]; then
    packages="$packages postgresql-15 chromium poppler-utils"
fi
missing=""
for p in $packages; do
    dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $p"
done
if [ -n "$missing" ]; then
    echo "installing:$missing"
    sudo=""
    [ "$(id -u)" = 0 ] || sudo=sudo
    $sudo apt-get update -q >/dev/null
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -q --no-install-recommends $missing >/dev/null
fi
if [ ! -e web/node_modules/.package-lock.json ] || [ web/package-lock.json -nt web/node_modules/.package-lock.json ]; then
    echo "installing the packages of the web pages"
    (cd web && npm ci --no-audit --no-fund --loglevel=error)
fi
