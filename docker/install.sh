# Copies the built package to where n8n looks for community packages. Runs in n8n's image.
# $1: the repository, $2: n8n's folder for such packages
set -eu
package=$2/node_modules/n8n-nodes-telnyx-advanced
if [ ! -d "$1/dist" ]; then
	echo 'The package has not been built. Run: npm install && npm run build' >&2
	exit 1
fi
rm -rf "$package"
mkdir -p "$package"
cp -R "$1/dist" "$1/index.js" "$1/package.json" "$package"
# n8n does not run as root.
[ "$(id -u)" -ne 0 ] || ! id node >/dev/null 2>&1 || chown -R node:node "$2"
