#!/usr/bin/env bash
# Makes the recordings beside it anew: reports of the real Trivy on a small system, with a database of one vulnerability.
# It builds Trivy from its module (ten minutes of a processor, some gigabytes of sources), so that no test does it.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
work="$(mktemp -d)"
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work"
go mod init recorded
go get -tool github.com/aquasecurity/trivy/cmd/trivy@v0.74.0
CGO_ENABLED=0 GOEXPERIMENT=jsonv2 GOBIN="$work/bin" go install github.com/aquasecurity/trivy/cmd/trivy
mkdir database
cat > database/main.go <<'GO'
package main

import (
	"log"
	"os"
	"time"

	"github.com/aquasecurity/trivy-db/pkg/db"
	"github.com/aquasecurity/trivy-db/pkg/metadata"
	"github.com/aquasecurity/trivy-db/pkg/types"
	bolt "go.etcd.io/bbolt"
)

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	must(db.Init(os.Args[1]))
	config := db.Config{}
	must(config.BatchUpdate(func(tx *bolt.Tx) error {
		must(config.PutDataSource(tx, "debian 12", types.DataSource{ID: "debian"}))
		fixed := types.Advisory{FixedVersion: "3.0.19-1~deb12u9"}
		must(config.PutAdvisory(tx, []string{"debian 12", "openssl"}, "CVE-2026-0001", fixed))
		return config.PutVulnerability(tx, "CVE-2026-0001", types.Vulnerability{Severity: "HIGH", Title: "A hole"})
	}))
	built := time.Date(2026, 9, 28, 0, 0, 0, 0, time.UTC)
	must(metadata.NewClient(os.Args[1]).Update(metadata.Metadata{
		Version: db.SchemaVersion, UpdatedAt: built, NextUpdate: built.AddDate(100, 0, 0), DownloadedAt: built,
	}))
}
GO
go run -mod=mod ./database "$work/cache/db"

package() {
    printf 'Package: %s\nStatus: install ok installed\nSection: utils\nArchitecture: amd64\nVersion: %s\n' "$1" "$2"
    printf 'Maintainer: canary-maintainer <canary@corp.test>\nDescription: x\n\n'
}
system() { # folder, packages with their versions
    mkdir -p "$1/etc" "$1/var/lib/dpkg"
    printf 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n' > "$1/etc/os-release"
    echo 12.11 > "$1/etc/debian_version"
    package bash 5.2.15-2+b8 > "$1/var/lib/dpkg/status"
    [ -z "${2:-}" ] || package "$2" "$3" >> "$1/var/lib/dpkg/status"
}
scan() { # name, folder, further arguments
    report="$("$work/bin/trivy" rootfs -q --format json --cache-dir "$work/cache" --skip-db-update --offline-scan \
        --scanners vuln "${@:3}" "$2")"
    database="$("$work/bin/trivy" version -f json --cache-dir "$work/cache")"
    printf '{"host":"%s","version":%s,"report":%s}\n' "$1" "$database" "$report" > "$here/$1.json"
}
system holed openssl 3.0.17-1~deb12u2
system sound
mkdir nothing
scan found holed
scan clean sound
scan nothing nothing
printf 'vulnerabilities:\n  - id: CVE-2026-0001\n    statement: AP-0042\n' > ignored.yaml
scan ignored holed --show-suppressed --ignorefile ignored.yaml
